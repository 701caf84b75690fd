package dev.policyctl.chart;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.testing.ApiServer;
import dev.policyctl.testing.Chart;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Test
  void aProbeWritesTheFactsOfItsOwnNodeAlone() throws Exception {
    Path policy = temporary.resolve("own-node.yaml");
    String rendered = Chart.template().set("webhook.enabled", false).call();
    Files.writeString(policy, rendered);
    server.kubectl("apply", "--server-side", "--force-conflicts", "-f", policy.toString());
    Config config = Config.fromKubeconfig(new File(server.kubeconfig().toString()));
    config.setImpersonateUsername(PROBE);
    config.setImpersonateExtras(Map.of("authentication.kubernetes.io/node-name", List.of("one")));
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
