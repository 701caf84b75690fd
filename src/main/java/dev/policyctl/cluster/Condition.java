package dev.policyctl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * A condition in the status of one of our documents.
 *
 * @param reason one word
 * @param message for a person, such as what is wrong and where
 * @param generation the version of the document that this is said of
 */
record Condition(String type, boolean holds, String reason, String message, long generation) {
  private static final String READY = "Ready";
  private static final int MAX_MESSAGE = 4000;

  /**
   * Whether the document is in force.
   *
   * @param problems what is wrong, in the words of the command line; empty when it is
   */
  static Condition ready(List<String> problems, long generation) {
    return problems.isEmpty()
        ? new Condition(READY, true, "Compiled", "in force", generation)
        : new Condition(READY, false, "Invalid", cut(String.join("\n", problems)), generation);
  }

  private static String cut(String text) {
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
  }

  /** The same of another version. */
  Condition of(long otherGeneration) {
    return new Condition(type, holds, reason, message, otherGeneration);
  }

  /** Whether the document's status says so already. */
  boolean isIn(JsonNode document) {
    JsonNode known = known(document, type);
    return known.path("status").asText().equals(word())
        && known.path("message").asText().equals(message)
        && known.path("observedGeneration").asLong() == generation;
  }

  /** Whether the document's status says that it is not in force. */
  static boolean isRefusedIn(JsonNode document) {
    return known(document, READY).path("status").asText().equals("False");
  }

  private static JsonNode known(JsonNode document, String type) {
    for (JsonNode condition : document.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return JsonNodeFactory.instance.missingNode();
  }

  /** Writes it into a document's status, beside the conditions of other types. */
  void write(KubernetesClient client, WatchedKind kind, String name, Clock clock) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    document.putObject("metadata").put("name", name);
    document
        .putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", type)
        .put("status", word())
        .put("reason", reason)
        .put("message", message)
        .put("observedGeneration", generation)
        .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    client
        .genericKubernetesResources(kind.context())
        .withName(name)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(ReportDocument.OURS + "-" + type.toLowerCase(Locale.ROOT))
                .withForce(true)
                .build(),
            document.toString());
  }

  private String word() {
    return holds ? "True" : "False";
  }
}
