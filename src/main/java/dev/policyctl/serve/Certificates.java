package dev.policyctl.serve;

import dev.policyctl.cluster.CertificateKeeper;
import dev.policyctl.cluster.ServingCertificate;
import dev.policyctl.serve.CurrentCertificate.Pem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.KeyStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final int TURN_SECONDS = 5;

  private final ServiceOptions options;
  private final WatchedCluster cluster;
  private final CurrentCertificate shown = new CurrentCertificate();
  private final Periodic periodic = new Periodic("policyctl-certificate");
  private final Periodic turns = new Periodic("policyctl-authority");
  private Optional<CertificateKeeper> keeper = Optional.empty();

  Certificates(ServiceOptions options, WatchedCluster cluster, MeterRegistry meters) {
    this.options = options;
    this.cluster = cluster;
    Gauge.builder("policyctl.certificate.expiry.timestamp", this::expiry)
        .description("when the certificate that is served expires, in seconds since 1970")
        .baseUnit("seconds")
        .register(meters);
  }

  @Override
  public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
    shown.replace(current());
    return new KeyStoreAndKeyCertOptions(shown.keyStore(), KeyCertOptions.wrap(shown));
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
    if (!shown.is(pem)) {
      shown.replace(pem);
      LOG.info("the certificate was replaced");
    }
  }

  private double expiry() {
    return shown.expiry().map(Instant::getEpochSecond).map(Long::doubleValue).orElse(Double.NaN);
  }
}
