package dev.policyctl.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.exception.StoragePolicyException;
import dev.policyctl.format.kubernetes.JsonKubeNode;
import dev.policyctl.format.kubernetes.KubeObject;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.ObjectLinter;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.CheckedPolicy;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.PolicyCompiler;
import dev.policyctl.policy.PolicyReader;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.source.SourceText;
import dev.policyctl.testing.ApiServer;
import dev.policyctl.testing.Gateway;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The memory beside a real API server, which it reaches through a gate that can be shut. Skipped
 * where the server's programs are missing.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterMemoryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path scratch;
  private static Optional<ApiServer> started = Optional.empty();
  private static Gateway gateway;
  private static KubernetesClient client;
  private static ClusterMemory memory;
  private static final Heard heard = new Heard();
  private static volatile boolean isLeader;

  /** What was told last. */
  private static final class Heard implements ClusterMemory.Listener {
    private volatile List<Policy> policies = List.of();
    private volatile List<HostFacts> hosts = List.of();
    private volatile int broken;
    private volatile int tellings;

    @Override
    public synchronized void policies(Collection<CheckedPolicy> good, int brokenOnes) {
      policies = good.stream().map(CheckedPolicy::policy).toList();
      broken = brokenOnes;
      tellings++;
    }

    @Override
    public void exceptions(Collection<StoragePolicyException> accepted) {}

    @Override
    public void facts(Collection<HostFacts> all) {
      hosts = List.copyOf(all);
    }

    String title(String name) {
      return policies.stream()
          .filter(policy -> policy.name().equals(name))
          .map(Policy::title)
          .findFirst()
          .orElse("");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    ApiServer.assumeAvailable();
    ApiServer server = ApiServer.start(Files.createDirectory(scratch.resolve("server")));
    started = Optional.of(server);
    gateway = Gateway.to(server.port());
    Config config = Config.fromKubeconfig(server.kubeconfig().toFile());
    config.setMasterUrl("https://127.0.0.1:" + gateway.port());
    client = new KubernetesClientBuilder().withConfig(config).build();
    memory = ClusterMemory.start(client, Clock.systemUTC(), heard, () -> isLeader);
  }

  @AfterAll
  static void stop() throws Exception {
    if (started.isPresent()) {
      memory.close();
      client.close();
      gateway.close();
      started.get().close();
    }
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  /** Waits for what comes by itself, as long as a slow machine may need. */
  private static void until(Check check) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!check.holds()) {
      assertTrue(Instant.now().isBefore(end), "it did not come to be");
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static String kubectl(String... arguments) throws Exception {
    return started.orElseThrow().kubectl(arguments);
  }

  private static void apply(String document) throws Exception {
    Path file = Files.createTempFile(scratch, "document", ".yaml");
    Files.writeString(file, document);
    String said = kubectl("apply", "-f", file.toString());
    assertFalse(said.contains("rror"), said);
  }

  private static String policy(String title, String expression) {
    return """
        apiVersion: policyctl.dev/v1alpha1
        kind: StoragePolicy
        metadata: {name: mine}
        spec:
          title: %s
          severity: error
          target: volume
          validations:
            - {expression: "true"}
            - expression: |
                true &&
                  %s
        """
        .formatted(title, expression);
  }

  private static String condition(String kind, String name, String field) throws Exception {
    return kubectl(
        "get", kind, name, "-o", "jsonpath={.status.conditions[?(@.type=='Ready')]." + field + "}");
  }

  /** Fails with the path. */
  private static final CheckedPolicy TELLING =
      new PolicyCompiler()
          .compile(
              PolicyReader.read(
                      SourceText.of(
                          "telling.yaml",
                          policy("Telling", "storage.path == ''")
                              + "      messageExpression: storage.path\n"))
                  .policies()
                  .get(0))
          .policy()
          .orElseThrow();

  /** What a claim of the cluster comes to lie on, as a review finds out. */
  private static String storageOf(String claim) throws Exception {
    String machine =
        """
        {"apiVersion": "kubevirt.io/v1", "kind": "VirtualMachineInstance",
         "metadata": {"name": "vm", "namespace": "default"},
         "spec": {"domain": {"devices": {"disks": [{"name": "root", "disk": {}}]}},
           "volumes": [{"name": "root", "persistentVolumeClaim": {"claimName": "CLAIM"}}]}}
        """;
    KubeObject object =
        KubeObject.inCluster(
                new JsonKubeNode(new ObjectMapper().readTree(machine.replace("CLAIM", claim))))
            .orElseThrow();
    Surroundings surroundings =
        new Surroundings(
            StorageCatalog.NONE, List.of(), Optional.empty(), PolicySet.of(List.of(TELLING)));
    FileResult result = ObjectLinter.lint(object, memory.cluster(), surroundings);
    return result.toString();
  }

  @Test
  @Order(1)
  void isCompleteWithoutKindsThatTheClusterDoesNotHave() throws Exception {
    until(memory::isSynced);
    until(() -> memory.ages().size() == 3);
    assertEquals(
        List.of("storageclasses", "persistentvolumes", "persistentvolumeclaims"),
        List.copyOf(memory.ages().keySet()));
  }

  @Test
  @Order(2)
  void kindsThatAreDefinedLaterAreNoticed() throws Exception {
    String made = kubectl("create", "-f", "helm/policyctl/crds");
    assertFalse(made.contains("rror"), made);
    kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
    apply(policy("First", "volume.cache != 'x'"));
    apply(Files.readString(Path.of("examples/kubernetes/worker1.facts.yaml")));
    until(() -> heard.title("mine").equals("First") && heard.hosts.size() == 1);
    assertEquals("worker1", heard.hosts.get(0).name());
    until(() -> memory.ages().containsKey("storagepolicies"));
  }

  @Test
  @Order(3)
  void onlyTheLeaderWritesWhatItFound() throws Exception {
    assertEquals("", condition("spol", "mine", "status"));
    isLeader = true;
    memory.writeStatus();
    until(() -> condition("spol", "mine", "status").equals("True"));
    assertEquals("Compiled", condition("spol", "mine", "reason"));
  }

  @Test
  @Order(4)
  void aBrokenPolicyLeavesItsLastGoodVersionInForce() throws Exception {
    apply(policy("Second", "volume.cash != 'x'"));
    until(() -> condition("spol", "mine", "status").equals("False"));
    assertEquals("Invalid", condition("spol", "mine", "reason"));
    String message = condition("spol", "mine", "message");
    assertTrue(message.startsWith("spec.validations[1].expression:2:9: "), message);
    assertTrue(message.contains("undefined field 'cash'"), message);
    assertEquals("First", heard.title("mine"));
    until(() -> heard.broken == 1);

    apply(policy("Third", "volume.cache != 'x'"));
    until(() -> heard.title("mine").equals("Third"));
    until(() -> condition("spol", "mine", "status").equals("True"));
    assertEquals(0, heard.broken);
  }

  @Test
  @Order(5)
  void whatWasWrittenIsNotReadAgain() throws Exception {
    String version = kubectl("get", "spol", "mine", "-o", "jsonpath={.metadata.resourceVersion}");
    int tellings = heard.tellings;
    // Another policy comes after whatever the status of the first one brought about.
    apply(policy("Other", "true").replace("name: mine", "name: other"));
    until(() -> condition("spol", "other", "status").equals("True"));
    until(() -> heard.title("other").equals("Other"));
    assertEquals(tellings + 1, heard.tellings);
    assertEquals(
        version, kubectl("get", "spol", "mine", "-o", "jsonpath={.metadata.resourceVersion}"));
  }

  @Test
  @Order(6)
  void brokenFactsAreToldOfAndTheLastGoodOnesStay() throws Exception {
    kubectl(
        "patch",
        "hfacts",
        "worker1",
        "--type=merge",
        "-p",
        "{\"spec\":{\"filesystems\":[{\"mountPoint\":\"/a\",\"type\":\"btrfs\","
            + "\"btrfs\":{\"devices\":3000000000}}]}}");
    until(() -> condition("hfacts", "worker1", "status").equals("False"));
    String message = condition("hfacts", "worker1", "message");
    assertEquals("spec.filesystems[0].btrfs.devices: `devices` is too large a number", message);
    assertEquals(1, heard.hosts.size());
  }

  @Test
  @Order(7)
  void claimsAreFollowedToTheirVolumes() throws Exception {
    apply(VOLUMES.replace("NUMBER", "1").replace("PLACE", "/srv/one"));
    until(() -> storageOf("claim-1").contains("/srv/one"));
  }

  private static void deleteAtOnce(String kind, String name) throws Exception {
    kubectl("patch", kind, name, "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
    String said = kubectl("delete", kind, name);
    assertTrue(said.contains("deleted"), said);
  }

  private static final String VOLUMES =
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: pv-NUMBER}
      spec:
        capacity: {storage: 1Gi}
        accessModes: [ReadWriteOnce]
        claimRef: {namespace: default, name: claim-NUMBER}
        hostPath: {path: PLACE}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: claim-NUMBER, namespace: default}
      spec:
        storageClassName: ""
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 1Gi}}
      """;

  @Test
  @Order(8)
  void answersStayWhenTheServerIsGoneAndAreCaughtUpAfterARestart() throws Exception {
    gateway.cut();
    until(() -> memory.ages().get("persistentvolumes").compareTo(Duration.ofSeconds(8)) > 0);
    assertTrue(storageOf("claim-1").contains("/srv/one"));
    assertEquals("Third", heard.title("mine"));
    assertEquals(1, heard.hosts.size());

    apply(VOLUMES.replace("NUMBER", "2").replace("PLACE", "/srv/two"));
    apply(policy("Fourth", "volume.cache != 'x'"));
    kubectl("delete", "spol", "other");
    deleteAtOnce("pvc", "claim-1");
    deleteAtOnce("pv", "pv-1");
    gateway.leadTo(started.orElseThrow().startAnother(Map.of()));
    Instant back = Instant.now();
    until(() -> heard.title("mine").equals("Fourth") && heard.title("other").isEmpty());
    until(() -> storageOf("claim-2").contains("/srv/two"));
    until(() -> !storageOf("claim-1").contains("/srv/one"));
    until(() -> memory.ages().values().stream().allMatch(age -> age.toSeconds() < 8));
    System.out.println(
        "caught up with a restarted API server "
            + Duration.between(back, Instant.now()).toMillis()
            + " ms after it was started");
    assertTrue(memory.isSynced());
  }
}
