package dev.policyctl.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.testing.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The self-made certificate, in a real API server where there is one. */
class CertificateKeeperTest {
  private static final List<String> NAMES = List.of("policyctl.default.svc", "127.0.0.1");

  @TempDir Path temporary;

  @Test
  void aCertificateIsForItsNamesAndOfItsAuthority() throws Exception {
    Instant now = Instant.parse("2026-11-24T12:00:00Z");
    ServingCertificate made = ServingCertificate.make(NAMES, now, Duration.ofDays(90));
    X509Certificate authority = certificate(made.authority());
    X509Certificate own = certificate(made.certificate());
    own.verify(authority.getPublicKey());
    assertEquals(
        "[[2, policyctl.default.svc], [7, 127.0.0.1]]",
        own.getSubjectAlternativeNames().toString());
    assertEquals(now.plus(Duration.ofDays(90)), own.getNotAfter().toInstant());
    assertTrue(own.getNotBefore().toInstant().isBefore(now));
    assertEquals(0, authority.getBasicConstraints());
    assertEquals(-1, own.getBasicConstraints());
  }

  private static X509Certificate certificate(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void isKeptInASecretToldToWebhooksAndRenewedInTwoSteps() throws Exception {
    ApiServer.assumeAvailable();
    try (ApiServer server = ApiServer.start(temporary);
        KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
                .build()) {
      Path webhooks = temporary.resolve("webhooks.yaml");
      Files.writeString(
          webhooks,
          Files.readString(Path.of("src/test/resources/cluster/webhooks.yaml"))
              .replace(", caBundle: CA_BUNDLE", "")
              .replace("ADDRESS", "https://127.0.0.1:1"));
      server.kubectl("apply", "-f", webhooks.toString());
      Instant start = Instant.parse("2026-11-24T12:00:00Z");
      ServingCertificate first = keeper(client, start).obtain();
      assertEquals(first, keeper(client, start).obtain());

      keeper(client, start).tend();
      assertEquals(first.authority(), bundle(server, "validating"));
      assertEquals(first.authority(), bundle(server, "mutating"));

      Instant late = start.plus(Duration.ofDays(61));
      MovingClock clock = new MovingClock(late);
      CertificateKeeper keeper = new CertificateKeeper(client, clock, place());
      keeper.tend();
      assertEquals(first, keeper.obtain());
      String both = bundle(server, "validating");
      assertTrue(both.startsWith(first.authority()) && both.length() > first.authority().length());

      clock.now = late.plus(Duration.ofSeconds(30));
      keeper.tend();
      assertEquals(first, keeper.obtain());

      clock.now = late.plus(Duration.ofSeconds(61));
      keeper.tend();
      ServingCertificate second = keeper.obtain();
      assertNotEquals(first, second);
      assertEquals(both, first.authority() + second.authority());
      assertEquals(second.authority(), bundle(server, "mutating"));
    }
  }

  private static CertificateKeeper.Place place() {
    return new CertificateKeeper.Place(
        "default", "policyctl-tls", NAMES, List.of("policyctl", "another"));
  }

  private static CertificateKeeper keeper(KubernetesClient client, Instant now) {
    return new CertificateKeeper(client, Clock.fixed(now, ZoneOffset.UTC), place());
  }

  private static String bundle(ApiServer server, String which) throws Exception {
    String encoded =
        server.kubectl(
            "get",
            which + "webhookconfiguration",
            "policyctl",
            "-o",
            "jsonpath={.webhooks[0].clientConfig.caBundle}");
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII);
  }

  private static final class MovingClock extends Clock {
    private Instant now;

    MovingClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
