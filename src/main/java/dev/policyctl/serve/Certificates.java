package dev.policyctl.serve;

import dev.policyctl.cluster.CertificateKeeper;
import dev.policyctl.cluster.ServingCertificate;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.KeyStoreProvider;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The certificate that reviews are served with: of two files, or self-made in a Secret. It is
 * looked at every few seconds; a new one is taken over without a restart, and open connections
 * stay.
 */
@Singleton
@Identifier(Certificates.NAME)
final class Certificates implements KeyStoreProvider {
  static final String NAME = "reviews";
  private static final Logger LOG = Logger.getLogger("policyctl");
  private static final int SECONDS = 5;
  private static final int TURN_SECONDS = 60;

  private final ServiceOptions options;
  private final WatchedCluster cluster;
  private final Instance<TlsConfigurationRegistry> registry;
  private final Event<CertificateUpdatedEvent> updated;
  private final Periodic periodic = new Periodic("policyctl-certificate");
  private final Periodic turns = new Periodic("policyctl-authority");
  private Optional<CertificateKeeper> keeper = Optional.empty();
  private volatile Optional<Pem> served = Optional.empty();

  /** A certificate chain and its key. */
  private record Pem(String certificate, String key) {}

  Certificates(
      ServiceOptions options,
      WatchedCluster cluster,
      Instance<TlsConfigurationRegistry> registry,
      Event<CertificateUpdatedEvent> updated,
      MeterRegistry meters) {
    this.options = options;
    this.cluster = cluster;
    this.registry = registry;
    this.updated = updated;
    Gauge.builder("policyctl.certificate.expiry.timestamp", this::expiry)
        .description("when the certificate that is served expires, in seconds since 1970")
        .baseUnit("seconds")
        .register(meters);
  }

  @Override
  public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
    Pem pem = served.isPresent() ? served.get() : current();
    served = Optional.of(pem);
    PemKeyCertOptions pair =
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(pem.certificate()))
            .addKeyValue(Buffer.buffer(pem.key()));
    try {
      return new KeyStoreAndKeyCertOptions(pair.loadKeyStore(vertx), pair);
    } catch (Exception e) {
      throw new IllegalStateException("the certificate or its key is no PEM: " + e.getMessage(), e);
    }
  }

  private Pem current() {
    if (options.tlsCertificate().isPresent() && options.tlsKey().isPresent()) {
      return new Pem(read(options.tlsCertificate().get()), read(options.tlsKey().get()));
    }
    ServingCertificate made = keeper().obtain();
    return new Pem(made.certificate(), made.key());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read `" + file + "`", e);
    }
  }

  private synchronized CertificateKeeper keeper() {
    if (keeper.isEmpty()) {
      String secret =
          options
              .tlsSecret()
              .orElseThrow(() -> new IllegalStateException("no certificate to serve with"));
      keeper =
          Optional.of(
              new CertificateKeeper(
                  cluster.client(),
                  Clock.systemUTC(),
                  new CertificateKeeper.Place(
                      cluster.namespace(),
                      secret,
                      options.tlsDnsName().orElseThrow(),
                      options.webhookConfiguration().orElse(java.util.List.of()))));
    }
    return keeper.get();
  }

  void start(@Observes StartupEvent event) {
    periodic.start(SECONDS, TimeUnit.SECONDS, this::look);
    if (options.tlsSecret().isPresent()) {
      turns.start(TURN_SECONDS, TimeUnit.SECONDS, this::tend);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    periodic.stop();
    turns.stop();
  }

  private void tend() {
    if (cluster.isLeader()) {
      keeper().tend();
    }
  }

  private void look() {
    Pem pem = current();
    if (served.equals(Optional.of(pem))) {
      return;
    }
    Optional<Pem> before = served;
    served = Optional.of(pem);
    TlsConfiguration tls = registry.get().get(NAME).orElseThrow();
    try {
      if (tls.reload()) {
        updated.fire(new CertificateUpdatedEvent(NAME, tls));
        LOG.info("the certificate was replaced");
      }
    } catch (RuntimeException e) {
      served = before;
      throw e;
    }
  }

  private double expiry() {
    try {
      byte[] pem = served.map(Pem::certificate).orElse("").getBytes(StandardCharsets.US_ASCII);
      Instant expiry = ServingCertificate.expiry(pem);
      return expiry.getEpochSecond();
    } catch (CertificateException e) {
      return Double.NaN;
    }
  }
}
