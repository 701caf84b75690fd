package dev.policyctl.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.exception.StoragePolicyException;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.CheckedPolicy;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.testing.ApiServer;
import dev.policyctl.testing.Chart;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rights that the chart gives are what the service needs: all that it does in a cluster, done
 * as its service account with the token that a pod gets. Skipped where {@link ApiServer} does not
 * find its programs.
 */
class ChartRightsTest {
  private static final long SECONDS = 30;
  private static final String POLICY =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: StoragePolicy
      metadata: {name: mine}
      spec:
        title: Mine
        target: storage
        severity: error
        validations: [{expression: "storage.id == ''", message: "no class at all"}]
      ---
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: plain}
      provisioner: example.com/nowhere
      """;

  @TempDir private static Path temporary;
  private static ApiServer server;
  private static KubernetesClient service;

  /** What is heard of the cluster's policies. */
  private static final class Heard implements ClusterMemory.Listener {
    private final List<CheckedPolicy> policies = new ArrayList<>();

    @Override
    public synchronized void policies(Collection<CheckedPolicy> good, int broken) {
      policies.clear();
      policies.addAll(good);
    }

    @Override
    public void facts(Collection<HostFacts> hosts) {}

    @Override
    public void exceptions(Collection<StoragePolicyException> accepted) {}

    private synchronized List<CheckedPolicy> policies() {
      return List.copyOf(policies);
    }
  }

  @BeforeAll
  static void install() throws Exception {
    if (!ApiServer.isAvailable()) {
      return;
    }
    server = ApiServer.start(Files.createDirectory(temporary.resolve("server")));
    server.kubectl("create", "namespace", "policyctl");
    apply(Chart.FOLDER.resolve("crds"));
    apply(Path.of("src/test/resources/cluster/openreports.yaml"));
    server.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
    Path chart = temporary.resolve("chart.yaml");
    apply(
        Files.writeString(
            chart, Chart.template().set("reports.api", "openreports").set("replicas", 2).call()));
    apply(Files.writeString(temporary.resolve("policy.yaml"), POLICY));
    service = clientOf("policyctl");
  }

  private static void apply(Path manifests) throws Exception {
    String said = server.kubectl("apply", "--server-side", "-f", manifests.toString());
    assertFalse(said.toLowerCase(Locale.ROOT).contains("error"), said);
  }

  private static KubernetesClient clientOf(String account) throws Exception {
    Config config = Config.fromKubeconfig(server.kubeconfig().toFile());
    config.setClientCertFile(null);
    config.setClientKeyFile(null);
    config.setClientCertData(null);
    config.setClientKeyData(null);
    config.setOauthToken(server.kubectl("create", "token", account, "-n", "policyctl").strip());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      service.close();
      server.close();
    }
  }

  @BeforeEach
  void needsAnApiServer() throws Exception {
    ApiServer.assumeAvailable();
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  private static void until(String what, Check check) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!check.holds()) {
      assertTrue(System.nanoTime() < deadline, what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  @Test
  void watchesIsElectedAndWritesStatuses() throws Exception {
    Heard heard = new Heard();
    try (ClusterMemory memory = ClusterMemory.start(service, Clock.systemUTC(), heard, () -> true);
        Leadership leadership = Leadership.seek(service, "policyctl", "pod", () -> {})) {
      until("listed", () -> memory.waitingFor().isEmpty() && heard.policies().size() == 1);
      until("elected", leadership::isLeader);
      until(
          "the policy's status",
          () -> server.kubectl("get", "storagepolicy", "mine", "-o", "yaml").contains("in force"));
    }
  }

  @Test
  void makesRenewsAndTellsItsCertificate() throws Exception {
    CertificateKeeper.Place place =
        new CertificateKeeper.Place(
            "policyctl", "policyctl-tls", List.of("policyctl.policyctl.svc"), List.of("policyctl"));
    Instant now = Instant.now();
    ShiftingClock clock = new ShiftingClock(now);
    CertificateKeeper keeper = new CertificateKeeper(service, clock, place);
    String first = keeper.obtain().certificate();
    keeper.tend();
    assertTrue(
        server
            .kubectl("get", "validatingwebhookconfiguration", "policyctl", "-o", "yaml")
            .contains("caBundle: "));
    clock.shift(CertificateKeeper.VALIDITY);
    keeper.tend();
    clock.shift(Duration.ofHours(1));
    keeper.tend();
    assertFalse(keeper.stored().orElseThrow().certificate().equals(first));
  }

  /** A clock that a test moves. */
  private static final class ShiftingClock extends Clock {
    private Instant now;

    ShiftingClock(Instant now) {
      this.now = now;
    }

    void shift(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void scansAndWritesAndRemovesReports() throws Exception {
    ClusterDocuments documents = ClusterDocuments.read(service);
    assertEquals(List.of(), documents.problems());
    ReportWriter.Result result = scan(documents.policies());
    assertEquals(List.of(), result.problems());
    assertEquals(1, result.written(), result.toString());
    assertEquals(1, scan(List.of()).removed());
  }

  private static ReportWriter.Result scan(List<CheckedPolicy> policies) {
    Surroundings surroundings =
        new Surroundings(StorageCatalog.NONE, List.of(), Optional.empty(), PolicySet.of(policies));
    return ReportWriter.run(
        service,
        ReportApi.OPENREPORTS,
        Clock.systemUTC(),
        Optional.empty(),
        surroundings,
        scanned -> {});
  }

  @Test
  void writesEvents() throws Exception {
    try (EventWriter events = new EventWriter(service, Clock.systemUTC(), "pod")) {
      events.refused(
          new EventWriter.Refusal("v1", "PersistentVolumeClaim", "default", "data", "refused"));
      until(
          "an event",
          () -> server.kubectl("get", "events.events.k8s.io").contains("PolicyViolation"));
      assertEquals(0, events.leftOut());
    }
  }

  @Test
  void readsNoOtherSecretAndWritesNoOtherWebhook() throws Exception {
    assertForbidden(() -> service.secrets().inNamespace("policyctl").list());
    assertForbidden(() -> service.secrets().inNamespace("policyctl").withName("other").get());
    assertForbidden(() -> service.secrets().inNamespace("default").withName("policyctl-tls").get());
    assertForbidden(() -> service.configMaps().inNamespace("policyctl").list());
    assertForbidden(
        () ->
            service
                .admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName("other")
                .get());
  }

  private static void assertForbidden(Runnable asked) {
    KubernetesClientException refused = assertThrows(KubernetesClientException.class, asked::run);
    assertEquals(403, refused.getCode(), refused.getMessage());
  }
}
