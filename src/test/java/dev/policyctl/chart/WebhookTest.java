package dev.policyctl.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.policyctl.testing.Chart;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How the chart registers the webhooks (kubernetes.md §5.2). */
class WebhookTest {
  private static final String VALIDATING = "ValidatingWebhookConfiguration";
  private static final String MUTATING = "MutatingWebhookConfiguration";

  /** By name. */
  private static Map<String, JsonNode> webhooks(String rendering) {
    Map<String, JsonNode> webhooks = new TreeMap<>();
    for (String kind : List.of(VALIDATING, MUTATING)) {
      for (JsonNode configuration : Chart.objects(rendering, kind)) {
        configuration
            .path("webhooks")
            .forEach(webhook -> webhooks.put(webhook.path("name").asText(), webhook));
      }
    }
    return webhooks;
  }

  @Test
  void onlyDefinitionsCanFailClosed() {
    Map<String, String> policies = new TreeMap<>();
    webhooks(Chart.render("everything"))
        .forEach((name, webhook) -> policies.put(name, webhook.path("failurePolicy").asText()));
    assertEquals(
        Map.of(
            "changes.policyctl.dev", "Ignore",
            "definitions.policyctl.dev", "Fail",
            "following.policyctl.dev", "Ignore"),
        policies);
    String closed =
        webhooks(Chart.render("everything")).get("definitions.policyctl.dev").toString();
    assertFalse(closed.contains("\"pods\""), closed);
    assertFalse(closed.contains("status"), closed);
  }

  @Test
  void failsOpenByDefault() {
    webhooks(Chart.template().call())
        .forEach((name, webhook) -> assertEquals("Ignore", webhook.path("failurePolicy").asText()));
  }

  @Test
  void leavesAloneWhatTheClusterNeedsToRecover() {
    Map<String, JsonNode> webhooks = webhooks(Chart.render("everything"));
    assertEquals(3, webhooks.size());
    webhooks.forEach(
        (name, webhook) -> {
          assertEquals(
              "[\"policyctl\",\"kube-system\",\"storage\"]",
              webhook.at("/namespaceSelector/matchExpressions/0/values").toString());
          String conditions = webhook.path("matchConditions").toString();
          assertTrue(conditions.contains("system:serviceaccount:policyctl:policyctl'"), conditions);
          assertTrue(conditions.contains("system:node:"), conditions);
          assertTrue(conditions.contains("not-mine"), conditions);
          for (JsonNode rule : webhook.path("rules")) {
            assertFalse(rule.path("resources").toString().contains("*"), rule.toString());
            assertFalse(rule.path("resources").toString().contains("nodes"), rule.toString());
          }
        });
  }

  @Test
  void isCalledOnceAndInTime() {
    webhooks(Chart.template().call())
        .forEach(
            (name, webhook) -> {
              assertEquals("Equivalent", webhook.path("matchPolicy").asText(), name);
              assertTrue(webhook.path("timeoutSeconds").asInt() <= 5, name);
            });
  }

  @Test
  void anEventIsTheOnlyEffect() {
    for (boolean events : new boolean[] {true, false}) {
      Map<String, JsonNode> webhooks = webhooks(Chart.template().set("events", events).call());
      String expected = events ? "NoneOnDryRun" : "None";
      assertEquals(expected, effects(webhooks, "definitions.policyctl.dev"));
      assertEquals(expected, effects(webhooks, "following.policyctl.dev"));
      assertEquals("None", effects(webhooks, "changes.policyctl.dev"));
    }
  }

  private static String effects(Map<String, JsonNode> webhooks, String name) {
    return webhooks.get(name).path("sideEffects").asText();
  }

  @Test
  void certManagerWritesTheAuthority() {
    for (String kind : List.of(VALIDATING, MUTATING)) {
      JsonNode webhooks = Chart.objects(Chart.render("cert-manager"), kind).get(0);
      assertEquals(
          "policyctl/policyctl",
          webhooks.at("/metadata/annotations/cert-manager.io~1inject-ca-from").asText());
    }
  }
}
