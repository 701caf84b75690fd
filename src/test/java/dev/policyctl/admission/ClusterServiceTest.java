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
import dev.policyctl.testing.TlsConnection;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  @Inject Load load;
  @Inject Arrivals arrivals;
  @Inject MeterRegistry metrics;

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

  /** One that is needed and one that is not, and what their ends are. */
  @Test
  @Order(13)
  void exceptionsThatEndOrAreOfNoUseAreToldOf() throws Exception {
    LocalDate soon = LocalDate.now(ZoneOffset.UTC).plusDays(5);
    String exception =
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: StoragePolicyException
        metadata: {name: NAME}
        spec: {policies: [no-nodatacow-classes], match: {storages: [CLASS]}, reason: r, until: "DAY"}
        """;
    cluster()
        .apply(
            exception
                .replace("NAME", "ending")
                .replace("CLASS", "warned")
                .replace("DAY", soon.toString()));
    cluster()
        .apply(
            exception
                .replace("NAME", "needless")
                .replace("CLASS", "none")
                .replace("DAY", "2099-01-01"));
    until(() -> condition("ending", "Used").equals("True Suppresses"));
    until(() -> condition("needless", "Used").equals("False SuppressesNothing"));
    until(() -> condition("ending", "Current").equals("True EndsSoon"));
    until(() -> condition("needless", "Current").equals("True Holds"));
    assertEquals("True Compiled", condition("needless", "Ready"));
    assertEquals(2, gauge("policyctl.exceptions", "holding"));
    assertEquals(1, gauge("policyctl.exceptions", "ending"));
    assertEquals(0, gauge("policyctl.exceptions", "expired"));
    until(() -> metrics.get("policyctl.exceptions.unused").gauge().value() == 1);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Scans.run(cluster().kubeconfig(), out);
    String text = out.toString(StandardCharsets.UTF_8);
    String start = "StoragePolicyException/";
    assertTrue(text.contains(start + "ending: warning: exception `ending` ends on " + soon), text);
    assertTrue(
        text.contains(start + "needless: warning: exception `needless` suppresses nothing"), text);
    cluster().kubectl("delete", "spolex", "ending", "needless");
  }

  private static String condition(String exception, String type) throws Exception {
    String condition = ".status.conditions[?(@.type=='" + type + "')]";
    return cluster()
        .kubectl(
            "get",
            "spolex",
            exception,
            "-o",
            "jsonpath={" + condition + ".status} {" + condition + ".reason}");
  }

  private double gauge(String name, String state) {
    return metrics.get(name).tag("state", state).gauge().value();
  }

  /** As an API server does that finds the service by its name in the cluster. */
  @Test
  @Order(14)
  void anApiServerMayAskOverHttp1() throws Exception {
    assertEquals(Set.of(HttpVersion.HTTP_2), arrivals.versions());
    int port = cluster().startAnother(Map.of("DISABLE_HTTP2", "true"));
    String other = "--server=https://127.0.0.1:" + port;
    until(() -> cluster().kubectl(other, "get", "--raw", "/readyz").equals("ok"));
    until(
        () -> {
          arrivals.forget();
          String said = cluster().send("create", machine("by-http-1", "none", ""), other);
          return said.contains(
              "admission webhook \"validate.policyctl.dev\" denied the request:"
                  + " [direct-io-on-checksummed-data] `root` is written with O_DIRECT");
        });
    for (int i = 0; i < 5; i++) {
      String curable = machine("cured-by-http-1-" + i, "none", "mutate: \"yes\"");
      String said = cluster().send("create", curable, other);
      assertTrue(said.contains("Warning: changed `root`: replace `none` by `writeback`"), said);
      assertTrue(said.contains("created"), said);
    }
    assertEquals(Set.of(HttpVersion.HTTP_1_1), arrivals.versions());
    assertTrue(arrivals.requests() > 10, arrivals.requests() + " reviews");
    assertTrue(arrivals.connections() < arrivals.requests() / 2, "connections are kept");
  }

  @Test
  @Order(15)
  void whatThereIsNoTimeForIsAdmittedWithAWarning() throws Exception {
    byte[] review = machine("slow", "none", "").getBytes(StandardCharsets.UTF_8);
    List<TlsConnection> held = new ArrayList<>();
    for (int i = 0; i < ClusterUnderTest.MAX_CONCURRENT_REVIEWS; i++) {
      held.add(TlsConnection.open());
      held.get(i).begin("/admission/validate", review);
    }
    until(() -> load.reviews() >= ClusterUnderTest.MAX_CONCURRENT_REVIEWS);
    String said = create(machine("unjudged", "none", ""));
    assertTrue(
        said.contains("Warning: policyctl is overloaded and has not judged this object\n"), said);
    assertTrue(said.contains("virtualmachine.kubevirt.io/unjudged created"), said);
    for (TlsConnection connection : held) {
      connection.close();
    }
    until(() -> load.reviews() == 0);
    assertTrue(create(machine("judged", "none", "")).contains("denied the request"));
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
