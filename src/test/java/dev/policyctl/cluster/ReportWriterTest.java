package dev.policyctl.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.exception.StoragePolicyException;
import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.CheckedPolicy;
import dev.policyctl.policy.PolicyCompiler;
import dev.policyctl.policy.PolicyReader;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.testing.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What scans leave in a real API server is bounded, and so is how fast they write. Skipped where
 * the server's programs are missing.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReportWriterTest {
  private static final int MACHINES = 12;
  private static final String POLICY =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: StoragePolicy
      metadata: {name: no-cache-none}
      spec:
        title: No cache none
        target: volume
        severity: error
        validations: [{expression: "volume.cache != 'none'", message: "is none"}]
      """;

  @TempDir static Path scratch;
  private static Optional<ApiServer> started = Optional.empty();
  private static KubernetesClient client;

  @BeforeAll
  static void start() throws Exception {
    ApiServer.assumeAvailable();
    ApiServer server = ApiServer.start(Files.createDirectory(scratch.resolve("server")));
    started = Optional.of(server);
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
            .build();
    for (String namespace : List.of("vms", "ending")) {
      kubectl("create", "namespace", namespace);
    }
    kubectl("apply", "-f", "src/test/resources/cluster");
    kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
    StringBuilder machines = new StringBuilder();
    for (int i = 0; i < MACHINES; i++) {
      machines.append(machine("vms", "m" + i, ""));
    }
    create(machines.toString());
  }

  @AfterAll
  static void stop() {
    if (started.isPresent()) {
      client.close();
      started.get().close();
    }
  }

  private static String kubectl(String... arguments) throws Exception {
    return started.orElseThrow().kubectl(arguments);
  }

  private static void create(String manifest) throws Exception {
    Path file = Files.writeString(Files.createTempFile(scratch, "made", ".yaml"), manifest);
    String said = kubectl("create", "-f", file.toString());
    assertFalse(said.toLowerCase(Locale.ROOT).contains("error"), said);
  }

  private static String machine(String namespace, String name, String metadata) {
    return """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {namespace: %s, name: %s%s}
        spec:
          template:
            spec:
              domain: {devices: {disks: [{name: root, cache: none, disk: {bus: virtio}}]}}
              volumes: [{name: root, hostDisk: {path: /srv/data/disk.img, type: Disk}}]
        ---
        """
        .formatted(namespace, name, metadata);
  }

  /** What a pass did, and how often it waited. */
  private record Pass(ReportWriter.Result result, int pauses) {}

  private static Pass scan(int bound, boolean objects) {
    PolicyReader.Result read = PolicyReader.read(SourceText.of("policy", POLICY));
    List<CheckedPolicy> policies =
        read.policies().stream()
            .filter(policy -> objects)
            .flatMap(policy -> new PolicyCompiler().compile(policy).policy().stream())
            .toList();
    Surroundings surroundings =
        new Surroundings(StorageCatalog.NONE, List.of(), Optional.empty(), PolicySet.of(policies));
    AtomicInteger pauses = new AtomicInteger();
    ReportWriter.Bounds bounds = new ReportWriter.Bounds(bound, pauses::incrementAndGet);
    ReportWriter.Result result =
        ReportWriter.run(
            client,
            ReportApi.OPENREPORTS,
            Clock.systemUTC(),
            Optional.empty(),
            surroundings,
            scanned -> {},
            bounds);
    return new Pass(result, pauses.get());
  }

  private static int reports() throws Exception {
    String names =
        kubectl("get", "reports.openreports.io,clusterreports.openreports.io", "-A", "-o", "name");
    return (int) names.lines().filter(line -> line.contains("/policyctl-")).count();
  }

  @Test
  @Order(1)
  void noMoreReportsThanTheBoundAreLeft() throws Exception {
    Pass pass = scan(5, true);
    assertEquals(new ReportWriter.Result(true, 5, 5, 0, MACHINES - 5, List.of()), pass.result());
    assertEquals(5, pass.pauses(), "a pause for each write");
    assertEquals(5, reports());
  }

  @Test
  @Order(2)
  void whatIsTheSameIsNotWrittenAgain() throws Exception {
    Pass pass = scan(5, true);
    assertEquals(new ReportWriter.Result(true, 5, 0, 0, MACHINES - 5, List.of()), pass.result());
    assertEquals(0, pass.pauses());
    Pass all = scan(1000, true);
    assertEquals(
        new ReportWriter.Result(true, MACHINES, MACHINES - 5, 0, 0, List.of()), all.result());
    assertEquals(MACHINES - 5, all.pauses());
    assertEquals(MACHINES, reports());
  }

  /** The first of all kinds of objects that a scan lists are those of the namespace that ends. */
  @Test
  @Order(3)
  void aReportThatIsRefusedKeepsNoOtherFromBeingWritten() throws Exception {
    create(machine("ending", "held", ", finalizers: [policyctl.dev/test]"));
    create(machine("vms", "z-last", ""));
    kubectl("delete", "namespace", "ending", "--wait=false");
    ReportWriter.Result result = scan(1000, true).result();
    assertEquals(1, result.written(), result.toString());
    assertEquals(1, result.problems().size(), result.toString());
    Problem problem = result.problems().get(0);
    assertEquals("VirtualMachine ending/held", problem.at().path());
    assertTrue(problem.message().startsWith("its report was refused: "), problem.message());
    assertTrue(problem.message().contains("being terminated"), problem.message());
    kubectl("delete", "vm", "-n", "vms", "z-last");
  }

  @Test
  @Order(4)
  void theReportsOfWhatHasBecomeCleanAreRemoved() throws Exception {
    int before = reports();
    assertTrue(before >= MACHINES, before + " reports");
    Pass pass = scan(1000, false);
    assertEquals(new ReportWriter.Result(true, 0, 0, before, 0, List.of()), pass.result());
    assertEquals(before, pass.pauses(), "a pause for each removal");
    assertEquals(0, reports());
  }

  /** Page by page beside a memory of the cluster, or with all of it in hand. */
  @Test
  @Order(5)
  void aScanBesideTheMemoryFindsTheSame() throws Exception {
    create(
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: used, namespace: vms}
        spec: {accessModes: [ReadWriteOnce], volumeName: vol, storageClassName: gone, resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: unused, namespace: vms}
        spec: {accessModes: [ReadWriteOnce], storageClassName: gone, resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: vol}
        spec:
          capacity: {storage: 1Gi}
          accessModes: [ReadWriteOnce]
          storageClassName: gone
          claimRef: {namespace: vms, name: used}
          local: {path: /srv/mail/pv}
          nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [w]}]}]}}
        ---
        """
            + machine("vms", "user", "")
                .replace(
                    "hostDisk: {path: /srv/data/disk.img, type: Disk}",
                    "persistentVolumeClaim: {claimName: used}"));
    Surroundings surroundings =
        new Surroundings(
            StorageCatalog.NONE,
            List.of(),
            Optional.empty(),
            PolicyFiles.load(List.of()).policies());
    Set<String> alone = judged(Optional.empty(), surroundings);
    assertTrue(alone.stream().anyMatch(it -> it.startsWith("VirtualMachine vms/user")), "judged");
    Unheard unheard = new Unheard();
    try (ClusterMemory memory =
        ClusterMemory.start(client, Clock.systemUTC(), unheard, () -> false)) {
      Instant end = Instant.now().plus(Duration.ofSeconds(60));
      while (!memory.isSynced()) {
        assertTrue(Instant.now().isBefore(end), memory.waitingFor().toString());
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
      assertEquals(alone, judged(Optional.of(memory.cluster()), surroundings));
    }
  }

  private static Set<String> judged(Optional<Cluster> watched, Surroundings surroundings) {
    Set<String> judged = new TreeSet<>();
    List<Problem> problems =
        ClusterScan.run(
            client,
            watched,
            surroundings,
            scanned ->
                judged.add(
                    scanned.subject()
                        + " "
                        + scanned.result().passes()
                        + " "
                        + scanned.result().findings()));
    assertEquals(List.of(), problems);
    return judged;
  }

  /** Does nothing with what it is told. */
  private static final class Unheard implements ClusterMemory.Listener {
    @Override
    public void policies(Collection<CheckedPolicy> good, int broken) {}

    @Override
    public void facts(Collection<HostFacts> hosts) {}

    @Override
    public void exceptions(Collection<StoragePolicyException> accepted) {}
  }
}
