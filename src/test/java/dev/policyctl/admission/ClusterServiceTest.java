package dev.policyctl.admission;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.policyctl.cluster.FactsObject;
import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.model.HostFacts;
import dev.policyctl.source.SourceText;
import dev.policyctl.testing.ApiServer;
import dev.policyctl.testing.Chromium;
import dev.policyctl.testing.ClusterUnderTest;
import dev.policyctl.testing.TlsClient;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The service beside a real API server, which calls it by URL over HTTP/2; kubectl shows what a
 * user sees. Skipped where the programs are missing.
 */
@QuarkusTest
@QuarkusTestResource(value = ClusterUnderTest.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static boolean isPrepared;

  @BeforeEach
  void prepare() throws Exception {
    ApiServer.assumeAvailable();
    if (!isPrepared) {
      cluster().apply(Files.readString(Path.of("examples/kubernetes/worker1.facts.yaml")));
      cluster().register();
      until(() -> create(machine("probe", "none", "")).contains("denied the request"));
      isPrepared = true;
    }
  }

  private static ClusterUnderTest cluster() {
    return ClusterUnderTest.running();
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

  private static String create(String manifest) throws Exception {
    return cluster().send("create", manifest);
  }

  private static String machine(String name, String cache, String labels) {
    return """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: %s, namespace: vms, labels: {%s}}
        spec:
          template:
            spec:
              nodeSelector: {kubernetes.io/hostname: worker1}
              domain: {devices: {disks: [{name: root, cache: %s, disk: {bus: virtio}}]}}
              volumes: [{name: root, hostDisk: {path: /srv/data/disk.img, type: Disk}}]
        """
        .formatted(name, labels, cache);
  }

  private static String volume(String name, String labels) {
    return """
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: %s, labels: {%s}}
        spec:
          capacity: {storage: 1Gi}
          accessModes: [ReadWriteOnce]
          local: {path: /srv/mail/pv}
          nodeAffinity:
            required:
              nodeSelectorTerms:
                - matchExpressions:
                    - {key: kubernetes.io/hostname, operator: In, values: [worker1]}
        """
        .formatted(name, labels);
  }

  @Test
  @Order(1)
  void aRefusalArrivesWholeInTheUsersTerminal() throws Exception {
    String said = create(machine("shop", "none", ""));
    assertTrue(said.startsWith("Error from server (Forbidden): "), said);
    assertTrue(
        said.contains(
            "admission webhook \"validate.policyctl.dev\" denied the request:"
                + " [direct-io-on-checksummed-data] `root` is written with O_DIRECT onto"
                + " checksummed btrfs\n"
                + "  because: `cache: none` opens the image with O_DIRECT; `/srv/data` is btrfs;"),
        said);
    assertTrue(said.contains("\n  help: replace `none` by `writeback`"), said);
    assertFalse(said.contains("InternalError"), said);
  }

  @Test
  @Order(2)
  void aVolumeWithoutAJudgeOfItsCopiesIsRefused() throws Exception {
    String said = create(volume("mail", ""));
    assertTrue(
        said.contains("[nodatacow-on-redundant-data] `mail` has copies on btrfs but no checksums"),
        said);
  }

  @Test
  @Order(3)
  void aCurableMachineIsChangedAndAdmitted() throws Exception {
    String said = create(machine("cured", "none", "mutate: \"yes\""));
    assertTrue(said.contains("Warning: changed `root`: replace `none` by `writeback`"), said);
    assertTrue(said.contains("virtualmachine.kubevirt.io/cured created"), said);
    String cache = "{.spec.template.spec.domain.devices.disks[0].cache}";
    assertEquals(
        "writeback",
        cluster().kubectl("get", "vm", "-n", "vms", "cured", "-o", "jsonpath=" + cache));
  }

  @Test
  @Order(4)
  void whatIsNotKnownIsAdmittedWithAWarning() throws Exception {
    String said =
        create(
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: vms}
            spec: {accessModes: [ReadWriteOnce], storageClassName: nowhere, resources: {requests: {storage: 1Gi}}}
            """);
    assertTrue(said.contains("Warning: unknown: `storage.type` of `nowhere` is not known"), said);
    assertTrue(said.contains("persistentvolumeclaim/data created"), said);
  }

  @Test
  @Order(5)
  void aDryRunIsJudgedToo() throws Exception {
    Path file = Files.createTempFile("policyctl", ".yaml");
    Files.writeString(file, machine("dry", "none", ""));
    String said = cluster().kubectl("create", "--dry-run=server", "-f", file.toString());
    assertTrue(said.contains("denied the request"), said);
  }

  @Test
  @Order(6)
  void aChangedPolicyHoldsForTheNextRequests() throws Exception {
    assertTrue(create(machine("cached-a", "writeback", "")).contains("created"));
    String policy =
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: StoragePolicy
        metadata: {name: no-writeback}
        spec:
          title: No write-back caches
          severity: error
          target: volume
          validations:
            - {expression: "volume.cache != 'CACHE'", message: "write-back caches are not for us"}
        """;
    cluster().apply(policy.replace("CACHE", "writeback"));
    Instant edited = Instant.now();
    until(
        () ->
            create(machine("cached-b", "writeback", "a: b")).contains("not for us")
                || cluster().kubectl("delete", "vm", "-n", "vms", "cached-b").isEmpty());
    System.out.println(
        "a new policy was obeyed after "
            + Duration.between(edited, Instant.now()).toMillis()
            + " ms");
    until(() -> statusOf("no-writeback").equals("True"));

    cluster().apply(policy.replace("volume.cache != 'CACHE'", "volume.cash != 'x'"));
    until(() -> statusOf("no-writeback").equals("False"));
    String message =
        cluster()
            .kubectl(
                "get",
                "spol",
                "no-writeback",
                "-o",
                "jsonpath={.status.conditions[?(@.type=='Ready')].message}");
    assertTrue(message.contains("undefined field 'cash'"), message);
    assertTrue(create(machine("cached-c", "writeback", "")).contains("not for us"));

    cluster().kubectl("delete", "spol", "no-writeback");
    until(() -> create(machine("cached-d", "writeback", "")).contains("created"));
  }

  private static String statusOf(String policy) throws Exception {
    return cluster()
        .kubectl(
            "get",
            "spol",
            policy,
            "-o",
            "jsonpath={.status.conditions[?(@.type=='Ready')].status}");
  }

  @Test
  @Order(7)
  void aClassMayBeRefusedWhereItsPolicySaysSo() throws Exception {
    String storage =
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: NAME}
        provisioner: rancher.io/local-path
        mountOptions: [nodatacow]
        """;
    assertTrue(create(storage.replace("NAME", "warned")).contains("created"));
    cluster()
        .apply(
            """
            apiVersion: policyctl.dev/v1alpha1
            kind: StoragePolicy
            metadata: {name: no-nodatacow-classes}
            spec:
              title: No classes with nodatacow
              severity: warning
              target: storage
              admission: {fail: deny}
              validations:
                - {expression: "!storage.nocowOption", message: "asks for files without checksums"}
            """);
    until(
        () ->
            create(storage.replace("NAME", "refused"))
                    .contains("denied the request: [no-nodatacow-classes]")
                || cluster().kubectl("delete", "sc", "refused").isEmpty());
  }

  @Test
  @Order(8)
  void aFactThatIsGoneIsNotUsedAnyMore() throws Exception {
    cluster().kubectl("delete", "hfacts", "worker1");
    until(() -> create(machine("without-facts", "none", "")).contains("created"));
    cluster().apply(Files.readString(Path.of("examples/kubernetes/worker1.facts.yaml")));
    until(
        () ->
            create(machine("with-facts", "none", "")).contains("denied the request")
                || cluster().kubectl("delete", "vm", "-n", "vms", "with-facts").isEmpty());
  }

  @Test
  @Order(9)
  void whatIsThereMayBeChangedAndDeleted() throws Exception {
    String said = cluster().kubectl("annotate", "vm", "-n", "vms", "without-facts", "a=b");
    assertTrue(said.contains("annotated"), said);
    assertTrue(said.contains("Warning: [direct-io-on-checksummed-data]"), said);
    said =
        cluster()
            .kubectl(
                "patch",
                "vm",
                "-n",
                "vms",
                "without-facts",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"ready\":true}}");
    assertTrue(said.contains("patched"), said);
    assertTrue(cluster().kubectl("delete", "vm", "-n", "vms", "without-facts").contains("deleted"));
  }

  @Test
  @Order(10)
  void anExceptionOfTheClusterIsObeyedWhileItIsThere() throws Exception {
    String accepted = machine("accepted", "none", "");
    assertTrue(create(accepted).contains("denied the request"));
    String said =
        cluster()
            .apply(
                """
                apiVersion: policyctl.dev/v1alpha1
                kind: StoragePolicyException
                metadata: {name: scratch}
                spec:
                  policies: [direct-io-on-checksummed-data]
                  match: {guests: [vms/accepted]}
                  reason: made anew every night
                  until: "2099-01-01"
                """);
    assertTrue(said.contains("created"), said);
    until(() -> create(accepted).contains("created"));
    cluster().kubectl("delete", "vm", "-n", "vms", "accepted");
    cluster().kubectl("delete", "storagepolicyexception", "scratch");
    until(
        () ->
            create(accepted).contains("denied the request")
                || cluster().kubectl("delete", "vm", "-n", "vms", "accepted").isEmpty());
  }

  @Test
  @Order(11)
  void aScanWritesReportsThatGoWhenTheirObjectsAreClean() throws Exception {
    until(() -> cluster().kubectl("get", "reports.openreports.io", "-A").contains("policyctl-"));
    String json =
        cluster()
            .kubectl(
                "get",
                "reports.openreports.io",
                "-n",
                "vms",
                "-o",
                "jsonpath={range .items[*]}{.scope.kind}/{.scope.name} {.results[*].result}"
                    + " {.results[0].properties.verdict} {.metadata.ownerReferences[0].kind}{\"\\n\"}{end}");
    assertTrue(json.contains("PersistentVolumeClaim/data skip"), json);
    assertTrue(json.contains(" unknown PersistentVolumeClaim"), json);
    cluster().kubectl("delete", "pvc", "-n", "vms", "data", "--wait=false");
    cluster()
        .kubectl(
            "patch",
            "pvc",
            "-n",
            "vms",
            "data",
            "--type=merge",
            "-p",
            "{\"metadata\":{\"finalizers\":null}}");
    cluster()
        .apply(
            """
            apiVersion: policyctl.dev/v1alpha1
            kind: StoragePolicy
            metadata: {name: another}
            spec:
              title: Another
              severity: info
              target: storage
              validations: [{expression: "storage.id != ''"}]
            """);
    until(
        () ->
            !cluster()
                .kubectl("get", "reports.openreports.io", "-n", "vms", "-o", "yaml")
                .contains("name: data"));
  }

  @Test
  @Order(12)
  void refusalsLeaveAnEvent() throws Exception {
    assertTrue(create(machine("eventful", "none", "")).contains("denied the request"));
    until(
        () ->
            cluster()
                .kubectl("get", "events.events.k8s.io", "-n", "vms")
                .contains("PolicyViolation"));
  }

  @Test
  @Order(12)
  void factsThatAHostPublishesAreUsed() throws Exception {
    HostFacts probed =
        HostFactsReader.read(
                SourceText.of(
                    "facts", Files.readString(Path.of("examples/kubernetes/worker1.facts.yaml"))))
            .hosts()
            .get(0);
    try (KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster().kubeconfig().toFile()))
            .build()) {
      FactsObject.apply(client, probed.named("worker9"));
      FactsObject.apply(client, probed.named("worker9"));
    }
    String machine = machine("published", "none", "").replace("worker1", "worker9");
    until(
        () ->
            create(machine).contains("denied the request")
                || cluster().kubectl("delete", "vm", "-n", "vms", "published").isEmpty());
  }

  @Test
  @Order(13)
  void aScanFromATerminalTellsWhatIsThere() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exit = Scans.run(cluster().kubeconfig(), out);
    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("StorageClass warned: warning: [no-nodatacow-classes]"), text);
    assertEquals(1, exit, text);
  }

  @Test
  @Order(14)
  void theLastScanIsShownAsAPage() throws Exception {
    until(() -> TlsClient.get("/").body().contains("StorageClass warned"));
    HttpResponse<byte[]> packed = TlsClient.get("/", "Accept-Encoding", "br, gzip");
    HttpHeaders headers = packed.headers();
    try (InputStream page = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      String text = new String(page.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.contains("StorageClass warned"), text);
    }
    assertEquals("no-store", headers.firstValue("Cache-Control").orElse(""));
    String tag = headers.firstValue("ETag").orElse("");
    assertEquals(304, TlsClient.get("/", "If-None-Match", tag).statusCode());
    assertEquals(200, TlsClient.get("/", "If-None-Match", "W/\"0\"").statusCode());
  }

  @Test
  @Order(15)
  void thePageOfTheLastScanWorksInABrowser() {
    List<String> complaints = new ArrayList<>();
    try (Chromium chromium = Chromium.start()) {
      Page page =
          chromium.browser().newPage(new Browser.NewPageOptions().setIgnoreHTTPSErrors(true));
      page.onConsoleMessage(message -> complaints.add(message.text()));
      page.onPageError(complaints::add);
      page.navigate(TlsClient.address("/").toString());
      assertThat(page.locator(".finding").first()).isVisible();
      assertThat(page.locator(".made .age")).containsText("ago");
      page.fill("#search", "no-nodatacow-classes");
      assertThat(page.locator("output")).containsText("found");
    }
    assertEquals(List.of(), complaints);
  }

  @Test
  @Order(10)
  void aRenewedCertificateCostsNoRequest() throws Exception {
    byte[] review =
        Files.readAllBytes(
            Path.of("src/test/resources/admission/machine-with-direct-io.review.json"));
    String before = TlsClient.serialOfCertificate();
    try (TlsClient.Load load = TlsClient.load("/admission/validate", review)) {
      until(() -> load.answers() > 100);
      cluster().renewCertificate();
      until(() -> !TlsClient.serialOfCertificate().equals(before));
      long then = load.answers();
      until(() -> load.answers() > then + 100);
      assertEquals("", load.failures());
    }
    cluster().register();
    until(() -> create(machine("after-renewal", "none", "")).contains("denied the request"));
  }

  @Test
  @Order(20)
  void answersGoOnWhenTheApiServerIsGone() throws Exception {
    cluster().stop();
    byte[] review =
        Files.readAllBytes(
            Path.of("src/test/resources/admission/machine-with-direct-io.review.json"));
    String answer = TlsClient.post("/admission/validate", review).body();
    assertTrue(answer.contains("direct-io-on-checksummed-data"), answer);
    assertTrue(answer.contains("\"allowed\":false"), answer);
  }
}
