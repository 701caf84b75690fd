package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.source.SourceText;
import dev.policyctl.testing.Chart;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The API server is asked to send what is judged, and nothing else. */
class WebhookRulesTest {
  /** KubeVirt's machines have their hotplugged volumes in the status. */
  private static final String STATUS = "kubevirt.io/virtualmachines/status";

  /** {@code group/plural} of every kind of which one alone is judged. */
  private static Set<String> judged() {
    Set<String> judged = new TreeSet<>(Set.of(STATUS));
    for (ObjectKind kind : ObjectKind.values()) {
      String manifest =
          "apiVersion: "
              + (kind.group().isEmpty() ? "" : kind.group() + "/")
              + "v1\nkind: "
              + kind.word()
              + "\nmetadata: {name: x}\n";
      ParsedFile parsed = new KubernetesFormat().parse(SourceText.of("x.yaml", manifest));
      if (!parsed.guests().isEmpty() || !parsed.storages().isEmpty()) {
        judged.add(kind.group() + "/" + plural(kind.word()));
      }
    }
    return judged;
  }

  private static String plural(String kind) {
    String word = kind.toLowerCase(Locale.ROOT);
    return word + (word.endsWith("s") ? "es" : "s");
  }

  private static Set<String> sent(String rendering, String configuration) {
    Set<String> sent = new TreeSet<>();
    for (JsonNode object : Chart.objects(rendering, configuration)) {
      for (JsonNode webhook : object.path("webhooks")) {
        for (JsonNode rule : webhook.path("rules")) {
          assertEquals(1, rule.path("apiGroups").size());
          for (JsonNode resource : rule.path("resources")) {
            String name = rule.at("/apiGroups/0").asText() + "/" + resource.asText();
            assertTrue(sent.add(name), name + " is sent twice");
          }
        }
      }
    }
    return sent;
  }

  @Test
  void whatIsJudgedIsSent() {
    assertEquals(judged(), sent(Chart.template().call(), "ValidatingWebhookConfiguration"));
  }

  @Test
  void workloadsCanBeLeftOut() {
    Set<String> left =
        sent(
            Chart.template().set("webhook.workloads", false).call(),
            "ValidatingWebhookConfiguration");
    Set<String> expected = judged();
    expected.removeIf(
        name -> List.of("apps/", "batch/", "/pods", "/repl").stream().anyMatch(name::startsWith));
    assertEquals(expected, left);
  }

  @Test
  void whatIsChangedIsJudged() {
    Set<String> changed = sent(Chart.template().call(), "MutatingWebhookConfiguration");
    assertTrue(judged().containsAll(changed), changed.toString());
  }
}
