package dev.policyctl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The condition {@code Ready} of one of our documents.
 *
 * @param message what is wrong and where, in the words of the command line
 * @param generation the version of the document that this is said of
 */
record Condition(boolean isReady, String message, long generation) {
  private static final String READY = "Ready";
  private static final int MAX_MESSAGE = 4000;

  /**
   * @param problems what is wrong; empty when the document is in force
   */
  static Condition of(List<String> problems, long generation) {
    boolean isReady = problems.isEmpty();
    return new Condition(
        isReady, isReady ? "in force" : cut(String.join("\n", problems)), generation);
  }

  private static String cut(String text) {
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
  }

  /** Whether the document's status says so already. */
  boolean isIn(JsonNode document) {
    JsonNode known = readyIn(document);
    return known.path("status").asText().equals(word())
        && known.path("message").asText().equals(message)
        && known.path("observedGeneration").asLong() == generation;
  }

  /** Whether the document's status says that it is not in force. */
  static boolean isRefusedIn(JsonNode document) {
    return readyIn(document).path("status").asText().equals("False");
  }

  private static JsonNode readyIn(JsonNode document) {
    for (JsonNode condition : document.at("/status/conditions")) {
      if (condition.path("type").asText().equals(READY)) {
        return condition;
      }
    }
    return JsonNodeFactory.instance.missingNode();
  }

  /** As a merge patch of the document. */
  ObjectNode patch(Instant now) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", READY)
        .put("status", word())
        .put("reason", isReady ? "Compiled" : "Invalid")
        .put("message", message)
        .put("observedGeneration", generation)
        .put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    return root;
  }

  private String word() {
    return isReady ? "True" : "False";
  }
}
