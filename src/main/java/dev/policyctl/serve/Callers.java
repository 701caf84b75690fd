package dev.policyctl.serve;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jboss.logging.Logger;

/**
 * Who may call the address with TLS: where a client authority is given, nobody without a
 * certificate of it. A certificate of another authority ends the handshake; none, or one of another
 * name, is answered in words, before anything of the body is read.
 */
@Singleton
final class Callers implements HttpServerOptionsCustomizer {
  private static final Logger LOG = Logger.getLogger("policyctl");
  private static final int BEFORE_ALL = 2000;
  private static final int FORBIDDEN = 403;
  private static final int SECONDS = 1;

  private final Optional<Path> file;
  private final Set<String> names;
  private final ClientAuthority authority = new ClientAuthority();
  private final Periodic periodic = new Periodic("policyctl-client-authority");

  Callers(ServiceOptions options) {
    this.file = options.clientCa();
    this.names = options.clientName().map(Set::copyOf).orElse(Set.of());
    file.ifPresent(path -> authority.replace(read(path)));
  }

  /** Asks for a certificate and does not insist, so that who has none is told so. */
  @Override
  public void customizeHttpsServer(HttpServerOptions server) {
    if (file.isPresent()) {
      server.setClientAuth(ClientAuth.REQUEST).setTrustOptions(TrustOptions.wrap(authority));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read `" + file + "`", e);
    }
  }

  void start(@Observes StartupEvent event) {
    file.ifPresent(path -> periodic.start(SECONDS, TimeUnit.SECONDS, () -> look(path)));
  }

  void stop(@Observes ShutdownEvent event) {
    periodic.stop();
  }

  private void look(Path path) {
    String pem = read(path);
    if (!authority.is(pem)) {
      authority.replace(pem);
      LOG.info("the client authority was replaced");
    }
  }

  void register(@Observes Filters filters) {
    if (file.isPresent()) {
      filters.register(this::check, BEFORE_ALL);
    }
  }

  private void check(RoutingContext context) {
    Optional<String> refusal = refusal(context.request());
    if (refusal.isEmpty()) {
      context.next();
      return;
    }
    context
        .response()
        .setStatusCode(FORBIDDEN)
        // Of other types the API server shows nothing (client-go, rest/request.go, isTextResponse).
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end(refusal.get());
  }

  private Optional<String> refusal(HttpServerRequest request) {
    X509Certificate[] chain = shownBy(request);
    if (chain.length == 0) {
      return Optional.of("no client certificate was shown");
    }
    if (!authority.trusts(chain)) {
      return Optional.of("the client certificate is not trusted any more");
    }
    Set<String> shown = ClientNames.of(chain[0]);
    return names.isEmpty() || shown.stream().anyMatch(names::contains)
        ? Optional.empty()
        : Optional.of("the client certificate of `" + String.join(", ", shown) + "` may not call");
  }

  private static X509Certificate[] shownBy(HttpServerRequest request) {
    SSLSession session = request.connection().sslSession();
    try {
      return session == null
          ? new X509Certificate[0]
          : Arrays.stream(session.getPeerCertificates())
              .map(X509Certificate.class::cast)
              .toArray(X509Certificate[]::new);
    } catch (SSLPeerUnverifiedException e) {
      return new X509Certificate[0];
    }
  }
}
