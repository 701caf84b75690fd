package dev.policyctl.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.testing.ApiServer;
import dev.policyctl.testing.ClientIdentity;
import dev.policyctl.testing.ClusterUnderTest;
import dev.policyctl.testing.GuardedService;
import dev.policyctl.testing.TlsClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may call a service that was given a client authority. */
@QuarkusTest
@QuarkusTestResource(value = GuardedService.class, restrictToAnnotatedClass = true)
class ClientCertificateTest {
  private static final Path REVIEW =
      Path.of("src/test/resources/admission/machine-with-direct-io.review.json");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TestHTTPResource(value = "/health/ready", management = true)
  URL ready;

  @TestHTTPResource(value = "/metrics", management = true)
  URL metrics;

  @TempDir Path scratch;

  private ClientIdentity authority;

  /** Each test has an authority of its own, which the service takes over. */
  @BeforeEach
  void trustANewAuthority() throws Exception {
    authority = ClientIdentity.authority("callers");
    takeOver(authority);
  }

  private static void takeOver(ClientIdentity authority) throws Exception {
    GuardedService.trust(authority);
    ClientIdentity probe = authority.sign("kube-apiserver", "probe");
    until(() -> isAnswered(probe));
  }

  private static boolean isAnswered(ClientIdentity identity) throws InterruptedException {
    try {
      return review(TlsClient.as(identity)).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  private static void until(Check check) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!check.holds()) {
      assertTrue(Instant.now().isBefore(end), "it did not come to be");
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static HttpResponse<String> review(HttpClient client)
      throws IOException, InterruptedException {
    return TlsClient.post(client, "/admission/validate", Files.readAllBytes(REVIEW));
  }

  private static void assertForbidden(String reason, HttpResponse<String> response) {
    assertEquals(403, response.statusCode(), response.body());
    assertEquals(reason, response.body());
  }

  @Test
  void nobodyIsAnsweredWithoutACertificate() throws Exception {
    String reason = "no client certificate was shown";
    assertForbidden(reason, TlsClient.post("/admission/validate", Files.readAllBytes(REVIEW)));
    for (String path : List.of("/", "/admission/mutate", "/api/v1/policies", "/elsewhere")) {
      assertForbidden(reason, TlsClient.get(path));
    }
  }

  @Test
  void healthAndMetricsAreForAnyone() throws Exception {
    for (URL url : List.of(ready, metrics)) {
      assertTrue(url.openStream().readAllBytes().length > 0, url.toString());
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityEndsTheHandshake() throws Exception {
    ClientIdentity foreign = ClientIdentity.authority("callers").sign("kube-apiserver", "foreign");
    assertThrows(IOException.class, () -> review(TlsClient.as(foreign)));
  }

  @Test
  void aCertificateThatIsForServersEndsTheHandshake() throws Exception {
    ClientIdentity server =
        authority.sign("kube-apiserver", "server", KeyPurposeId.id_kp_serverAuth);
    assertThrows(IOException.class, () -> review(TlsClient.as(server)));
  }

  @Test
  void nobodyOfAnotherNameIsAnswered() throws Exception {
    ClientIdentity other = authority.sign("kube-apiserver-2", "page.proxy.example");
    assertForbidden(
        "the client certificate of `kube-apiserver-2, page.proxy.example` may not call",
        review(TlsClient.as(other)));
  }

  @Test
  void theRightNameIsCommonOrAlternative() throws Exception {
    assertEquals(200, review(TlsClient.as(authority.sign("kube-apiserver", "a"))).statusCode());
    assertEquals(200, review(TlsClient.as(authority.sign("proxy", "page.proxy"))).statusCode());
  }

  @Test
  void aConnectionDoesNotOutliveItsAuthority() throws Exception {
    HttpClient former = TlsClient.as(authority.sign("kube-apiserver", "former"));
    assertEquals(200, review(former).statusCode());
    takeOver(ClientIdentity.authority("later"));
    assertForbidden("the client certificate is not trusted any more", review(former));
  }

  /** As kube-apiserver is told in its AdmissionConfiguration. */
  @Test
  void aRealApiServerShowsTheCertificateThatItWasGiven() throws Exception {
    ApiServer.assumeAvailable();
    ClientIdentity identity = authority.sign("kube-apiserver", "api");
    Path configuration = admissionConfiguration(identity);
    Path folder = Files.createDirectory(scratch.resolve("server"));
    try (ApiServer server =
        ApiServer.start(
            folder, Map.of("--admission-control-config-file", configuration.toString()))) {
      Path webhooks = scratch.resolve("webhooks.yaml");
      Files.writeString(webhooks, ClusterUnderTest.webhooks(GuardedService.folder()));
      server.kubectl("apply", "-f", webhooks.toString());
      Path volume = Files.writeString(scratch.resolve("volume.yaml"), VOLUME);
      String[] create = {"create", "--dry-run=server", "-f", volume.toString()};
      until(() -> server.kubectl(create).contains("[nodatacow-on-redundant-data] `mail`"));
      takeOver(ClientIdentity.authority("another"));
      String said = server.kubectl(create);
      assertTrue(said.contains("the client certificate is not trusted any more"), said);
    }
  }

  private static final String VOLUME =
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: mail}
      spec:
        capacity: {storage: 1Gi}
        accessModes: [ReadWriteOnce]
        local: {path: /srv/mail/pv}
        nodeAffinity:
          required:
            nodeSelectorTerms:
              - matchExpressions:
                  - {key: kubernetes.io/hostname, operator: In, values: [worker1]}
      """;

  private Path admissionConfiguration(ClientIdentity identity) throws IOException {
    Path certificate = scratch.resolve("client.crt");
    Path key = scratch.resolve("client.key");
    Files.writeString(certificate, identity.certificate());
    Files.writeString(key, identity.key());
    Path kubeconfig = scratch.resolve("webhooks.kubeconfig");
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        users:
          - name: "*"
            user: {client-certificate: %s, client-key: %s}
        """
            .formatted(certificate, key));
    return Files.writeString(
        scratch.resolve("admission.yaml"),
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AdmissionConfiguration
        plugins:
          - name: ValidatingAdmissionWebhook
            configuration: &webhooks
              apiVersion: apiserver.config.k8s.io/v1
              kind: WebhookAdmissionConfiguration
              kubeConfigFile: %s
          - name: MutatingAdmissionWebhook
            configuration: *webhooks
        """
            .formatted(kubeconfig));
  }
}
