package dev.policyctl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.source.Problem;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Writes into a policy whether it is in force. */
final class PolicyStatus {
  private static final Logger LOG = Logger.getLogger("policyctl");
  private static final String READY = "Ready";
  private static final int MAX_MESSAGE = 4000;

  private final KubernetesClient client;
  private final Clock clock;

  PolicyStatus(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * The condition {@code Ready}.
   *
   * @param message what is wrong, with the line where it is, in the words of the command line
   * @param generation the version of the policy that this is said of
   */
  record Condition(boolean isReady, String message, long generation) {

    static Condition of(List<Problem> problems, long generation) {
      String told =
          problems.stream().map(Condition::told).distinct().collect(Collectors.joining("; "));
      boolean isReady = problems.isEmpty();
      return new Condition(isReady, isReady ? "in force" : cut(told), generation);
    }

    private static String told(Problem problem) {
      String where = problem.excerpt().strip();
      return problem.message() + (where.isEmpty() ? "" : ", in `" + where + "`");
    }

    private static String cut(String text) {
      return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
    }

    /** Whether the policy says so already. */
    boolean isIn(GenericKubernetesResource policy) {
      for (JsonNode known : Objects.json(policy).at("/status/conditions")) {
        if (known.path("type").asText().equals(READY)) {
          return known.path("status").asText().equals(word())
              && known.path("message").asText().equals(message)
              && known.path("observedGeneration").asLong() == generation;
        }
      }
      return false;
    }

    private String word() {
      return isReady ? "True" : "False";
    }

    private String reason() {
      return isReady ? "Compiled" : "Invalid";
    }
  }

  /** Does so, or logs why it could not: the next change tries again. */
  void write(String name, Condition condition) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", READY)
        .put("status", condition.word())
        .put("reason", condition.reason())
        .put("message", condition.message())
        .put("observedGeneration", condition.generation())
        .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    try {
      client
          .genericKubernetesResources(WatchedKind.POLICIES.context())
          .withName(name)
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), root.toString());
    } catch (KubernetesClientException e) {
      LOG.log(
          Level.WARNING,
          "the status of policy {0} could not be written: {1}",
          new Object[] {name, e.getMessage()});
    }
  }
}
