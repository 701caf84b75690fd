package dev.policyctl.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import dev.policyctl.cluster.ServingCertificate;
import dev.policyctl.testing.ApiServer;
import dev.policyctl.testing.Chart;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a real API server makes of the chart. Skipped where {@link ApiServer} does not find its
 * programs.
 */
class ApiServerChartTest {
  private static final String PROBE = "system:serviceaccount:policyctl:policyctl-probe";
  private static final long SECONDS = 30;
  private static final List<String> CONFIGURATIONS =
      List.of("validatingwebhookconfigurations", "mutatingwebhookconfigurations");

  /** A certificate of any kind: the server looks at its form alone. */
  private static final String BUNDLE = authority();

  private static String authority() {
    ServingCertificate made =
        ServingCertificate.make(List.of("x"), Instant.EPOCH, Duration.ofDays(1));
    return Base64.getEncoder().encodeToString(made.authority().getBytes(StandardCharsets.US_ASCII));
  }

  @TempDir private static Path temporary;
  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    if (!ApiServer.isAvailable()) {
      return;
    }
    server = ApiServer.start(Files.createDirectory(temporary.resolve("server")));
    server.kubectl("create", "namespace", "policyctl");
    server.kubectl(
        "apply",
        "--server-side",
        "-f",
        Chart.FOLDER.resolve("crds").toString(),
        "-f",
        "src/test/resources/cluster/others.yaml");
    server.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void needsAnApiServer() throws IOException {
    ApiServer.assumeAvailable();
  }

  @Test
  void acceptsEveryManifest() throws Exception {
    apply("deploy/policyctl.yaml");
    for (String variant : Chart.variants()) {
      Path rendered = temporary.resolve(variant + ".yaml");
      apply(Files.writeString(rendered, Chart.render(variant)).toString());
    }
  }

  /** A field that the server does not know is an error. */
  private static void apply(String manifests) throws Exception {
    String said =
        server.kubectl(
            "apply",
            "--dry-run=server",
            "--server-side",
            "--force-conflicts",
            "--validate=strict",
            "-f",
            manifests);
    List<String> refused =
        said.lines().filter(line -> !line.contains("serverside-applied")).toList();
    assertTrue(refused.isEmpty() && !said.isEmpty(), manifests + ": " + refused);
  }

  /** As a person does: the authority that the service wrote outlives an upgrade. */
  @Test
  void isInstalledUpgradedSwitchedOffAndRemoved() throws Exception {
    Path kubeconfig = server.kubeconfig();
    Chart.helm()
        .install()
        .withName("policyctl-two")
        .withNamespace("policyctl")
        .withKubeConfig(kubeconfig)
        .call();
    assertTrue(webhooks().contains("validatingwebhookconfiguration"), webhooks());
    for (String kind : CONFIGURATIONS) {
      server.kubectl(
          "patch",
          kind,
          "policyctl-two",
          "--type=json",
          "--patch",
          "[{\"op\": \"add\", \"path\": \"/webhooks/0/clientConfig/caBundle\", \"value\": \""
              + BUNDLE
              + "\"}]");
    }
    upgrade("webhook.timeoutSeconds", 4);
    for (String kind : CONFIGURATIONS) {
      String kept = server.kubectl("get", kind, "policyctl-two", "--output=yaml");
      assertTrue(kept.contains("timeoutSeconds: 4") && kept.contains(BUNDLE), kept);
    }
    upgrade("webhook.enabled", false);
    assertEquals("", webhooks());
    upgrade("webhook.enabled", true);
    assertTrue(webhooks().contains("validatingwebhookconfiguration"), webhooks());
    Helm.uninstall("policyctl-two").withNamespace("policyctl").withKubeConfig(kubeconfig).call();
    assertEquals("", webhooks());
    assertEquals("", left("clusterroles,clusterrolebindings,validatingadmissionpolicies"));
    assertEquals("", left("deployments,daemonsets,services,serviceaccounts,roles,rolebindings"));
  }

  private static void upgrade(String value, Object to) {
    Chart.helm()
        .upgrade()
        .withName("policyctl-two")
        .withNamespace("policyctl")
        .withKubeConfig(server.kubeconfig())
        .set(value, to)
        .call();
  }

  private static String webhooks() throws Exception {
    return left(String.join(",", CONFIGURATIONS));
  }

  /** The objects of the release among these kinds. */
  private static String left(String kinds) throws Exception {
    String names =
        server.kubectl(
            "get",
            kinds,
            "--namespace=policyctl",
            "--selector=app.kubernetes.io/instance=policyctl-two",
            "--output=name");
    return names.startsWith("No resources") ? "" : names;
  }

  @Test
  void aProbeWritesTheFactsOfItsOwnNodeAlone() throws Exception {
    Path policy = temporary.resolve("own-node.yaml");
    String rendered = Chart.template().set("webhook.enabled", false).call();
    Files.writeString(policy, rendered);
    server.kubectl("apply", "--server-side", "--force-conflicts", "-f", policy.toString());
    Config config = Config.fromKubeconfig(new File(server.kubeconfig().toString()));
    config.setImpersonateUsername(PROBE);
    config.setImpersonateExtras(Map.of("authentication.kubernetes.io%2Fnode-name", List.of("one")));
    try (KubernetesClient probe = new KubernetesClientBuilder().withConfig(config).build()) {
      String refused = "";
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      // The server takes a new policy up when its own watch has seen it.
      while (refused.isEmpty() && System.nanoTime() < deadline) {
        refused = refusal(probe, "two");
      }
      assertTrue(refused.contains("its own node alone, not those of two"), refused);
      String said = refusal(probe, "one");
      assertTrue(said.isEmpty(), said);
    }
  }

  /** What the server says against it; empty where it accepts. */
  private static String refusal(KubernetesClient client, String node) {
    String facts =
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: HostFacts
        metadata: {name: %s}
        spec: {kernel: {release: 6.12.1}}
        """
            .formatted(node);
    try {
      client.resource(facts).serverSideApply();
      return "";
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
