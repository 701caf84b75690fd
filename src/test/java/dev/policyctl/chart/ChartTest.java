package dev.policyctl.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.LintResult;
import dev.policyctl.testing.Chart;
import dev.policyctl.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Helm chart renders, and what it refuses. */
class ChartTest {
  private static final Path PLAIN = Path.of("deploy");

  private static List<String> allRenderings() throws IOException {
    List<String> renderings = new ArrayList<>(List.of(Chart.template().call()));
    Chart.variants().forEach(variant -> renderings.add(Chart.render(variant)));
    return renderings;
  }

  @Test
  void helmHasNothingToSay() {
    LintResult result = Chart.helm().lint().strict().call();
    assertFalse(result.isFailed(), result.getMessages().toString());
  }

  @Test
  void plainManifestsAreWhatTheChartRenders() throws IOException {
    assertPlain("policyctl.yaml", "its default values", Chart.template().call());
    assertPlain(
        "policyctl-cert-manager.yaml",
        "`certificate.source: cert-manager`",
        Chart.render("cert-manager"));
  }

  private static void assertPlain(String name, String values, String rendered) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# Rendered from helm/policyctl with ").append(values).append("; not edited.\n");
    text.append("apiVersion: v1\nkind: Namespace\nmetadata: {name: policyctl}\n");
    for (Path crd : files(Chart.FOLDER.resolve("crds"))) {
      text.append("---\n").append(Files.readString(crd));
    }
    text.append(Chart.withoutTests(rendered));
    GeneratedFile.assertIs(PLAIN.resolve(name), text.toString());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void everyObjectIsWholeAndStandsOnce() throws IOException {
    for (String rendering : allRenderings()) {
      Set<String> seen = new HashSet<>();
      for (JsonNode object : Chart.objects(rendering)) {
        String name = object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
        assertTrue(object.has("apiVersion"), name);
        assertTrue(name.matches("[A-Za-z]+/policyctl[a-z-]*"), name);
        assertEquals("Helm", label(object, "app.kubernetes.io/managed-by"), name);
        assertTrue(seen.add(name), name);
      }
      assertTrue(seen.contains("Deployment/policyctl"), seen.toString());
    }
  }

  private static String label(JsonNode object, String name) {
    return object.path("metadata").path("labels").path(name).asText();
  }

  @ParameterizedTest
  @CsvSource({
    "replica, 3, additional properties",
    "webhook.enable, true, additional properties",
    "probe.privileged, true, additional properties",
    "replicas, 0, replicas",
    "webhook.failurePolicy, Maybe, failurePolicy",
    "webhook.timeoutSeconds, 60, timeoutSeconds",
    "reports.api, kyverno, api",
    "certificate.source, none, source",
    "certificate.issuerRef.kind, Issuer, issuerRef",
    "image.digest, latest, digest",
    "probe.interval, often, interval",
    "scanPage.enabled, 1, scanPage",
    "clientCertificate.names[0], kube-apiserver, clientCertificate"
  })
  void aMistakenValueIsRefused(String name, String value, String told) {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> Chart.template().set(name, value).call());
    String message = refused.getMessage();
    assertTrue(message.contains("values don't meet the specifications"), message);
    assertTrue(message.contains(told), message);
  }

  @Test
  void theSwitchLeavesNoWebhook() {
    String rendered = Chart.template().set("webhook.enabled", false).call();
    assertFalse(rendered.contains("WebhookConfiguration\n"), rendered);
  }

  @Test
  void aPageMayBeScannedForWithoutReports() {
    String rendered = Chart.template().set("scanPage.enabled", true).call();
    String started = Chart.objects(rendered, "Deployment").get(0).toString();
    assertTrue(started.contains("\"--scan-page\",\"--scan-interval=3600\""), started);
    String rights = Chart.objects(rendered, "ClusterRole").toString();
    assertTrue(rights.contains("\"pods\""), rights);
    assertFalse(rights.contains("openreports"), rights);
    assertFalse(Chart.objects(Chart.template().call(), "ClusterRole").toString().contains("pods"));
  }

  @Test
  void callersAreKnownByAMountedAuthority() {
    String rendered =
        Chart.template()
            .set("clientCertificate.secret", "callers")
            .set("clientCertificate.names[0]", "kube-apiserver")
            .call();
    JsonNode pod = Chart.objects(rendered, "Deployment").get(0).at("/spec/template/spec");
    String started = pod.at("/containers/0/args").toString();
    assertTrue(
        started.contains(
            "\"--client-ca=/etc/policyctl/client/ca.crt\",\"--client-name=kube-apiserver\""),
        started);
    assertTrue(pod.path("volumes").toString().contains("\"secretName\":\"callers\""));
  }

  @Test
  void everyPodIsConfined() throws IOException {
    for (String rendering : allRenderings()) {
      for (JsonNode object : Chart.objects(rendering)) {
        JsonNode made = object.at("/spec/template/spec");
        JsonNode pod = object.path("kind").asText().equals("Pod") ? object.path("spec") : made;
        for (JsonNode container : pod.path("containers")) {
          assertConfined(pod, container);
        }
      }
    }
  }

  private static void assertConfined(JsonNode pod, JsonNode container) {
    JsonNode security = container.path("securityContext");
    assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
    assertEquals("RuntimeDefault", pod.at("/securityContext/seccompProfile/type").asText());
    assertTrue(security.path("readOnlyRootFilesystem").asBoolean());
    assertFalse(security.path("allowPrivilegeEscalation").asBoolean(true));
    assertEquals("[\"ALL\"]", security.at("/capabilities/drop").toString());
    assertFalse(security.at("/capabilities").has("add"));
    assertTrue(container.at("/resources/limits").has("memory"));
    for (JsonNode mount : container.path("volumeMounts")) {
      boolean isOwn = mount.path("name").asText().equals("tmp");
      assertTrue(isOwn || mount.path("readOnly").asBoolean(), mount.toString());
    }
  }

  @Test
  void mayWriteNoSecretAndNoWebhookButItsOwn() throws IOException {
    for (String rendering : allRenderings()) {
      for (String kind : List.of("Role", "ClusterRole")) {
        for (JsonNode role : Chart.objects(rendering, kind)) {
          role.path("rules").forEach(rule -> assertNarrow(kind, rule));
        }
      }
    }
  }

  private static void assertNarrow(String kind, JsonNode rule) {
    String text = rule.toString();
    assertFalse(text.contains("\"*\""), text);
    boolean isOfSecrets = rule.path("resources").toString().contains("secrets");
    boolean creates = rule.path("verbs").toString().equals("[\"create\"]");
    assertTrue(!isOfSecrets || kind.equals("Role"), text);
    boolean isOfWebhooks = text.contains("webhookconfigurations");
    assertTrue(!(isOfSecrets || isOfWebhooks) || creates || rule.has("resourceNames"), text);
  }

  @Test
  void theDashboardIsJson() throws IOException {
    JsonNode map =
        Chart.objects(Chart.render("everything"), "ConfigMap").stream()
            .filter(it -> it.path("data").has("policyctl.json"))
            .findFirst()
            .orElseThrow();
    JsonNode dashboard =
        new ObjectMapper().readTree(map.path("data").path("policyctl.json").asText());
    assertEquals("policyctl", dashboard.path("uid").asText());
    assertEquals("1", label(map, "grafana_dashboard"));
  }

  /** Health is asked for by the pod of `helm test`, whatever metrics are narrowed to. */
  @Test
  void theTestPodReachesTheServiceThroughItsNetworkPolicy(@TempDir Path scratch)
      throws IOException {
    String rendering = Chart.renderWithTests("everything", scratch);
    JsonNode pod = Chart.objects(rendering, "Pod").get(0);
    assertConfined(pod.path("spec"), pod.at("/spec/containers/0"));
    JsonNode policy = Chart.objects(rendering, "NetworkPolicy").get(0);
    assertEquals(policy.at("/metadata/namespace"), pod.at("/metadata/namespace"));
    JsonNode health = policy.at("/spec/ingress/1");
    assertEquals(9000, health.at("/ports/0/port").asInt());
    assertEquals(2, health.path("from").size(), health.toString());
    JsonNode labels = health.at("/from/1/podSelector/matchLabels");
    assertFalse(labels.isEmpty(), health.toString());
    labels
        .properties()
        .forEach(it -> assertEquals(it.getValue().asText(), label(pod, it.getKey())));
    String open = Chart.template().set("networkPolicy.enabled", true).call();
    assertFalse(Chart.objects(open, "NetworkPolicy").get(0).at("/spec/ingress/1").has("from"));
  }
}
