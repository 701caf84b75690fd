package dev.policyctl.testing;

import dev.policyctl.cluster.ServingCertificate;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a service under test: a certificate of its own and, without a cluster, the
 * examples' facts.
 */
public final class TlsFiles implements QuarkusTestResourceLifecycleManager {
  private Map<String, String> others = Map.of();

  /** Takes properties of a test's own. */
  @Override
  public void init(Map<String, String> properties) {
    others = properties;
  }

  @Override
  public Map<String, String> start() {
    try {
      Map<String, String> properties = new HashMap<>(withoutCluster(makeCertificate()));
      properties.putAll(others);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, String> withoutCluster(Path folder) throws IOException {
    Map<String, String> properties = new HashMap<>(configuration(folder));
    properties.put("policyctl.service.cluster", "false");
    properties.put("policyctl.service.facts", "examples/kubernetes");
    properties.put("policyctl.service.http-api", "true");
    properties.put("policyctl.service.scan-page", "true");
    return properties;
  }

  /** A folder with {@code ca.crt}, {@code tls.crt} and {@code tls.key} for this host. */
  static Path makeCertificate() throws IOException {
    Path folder = Files.createTempDirectory("policyctl-tls");
    writeCertificate(folder);
    return folder;
  }

  /** Puts another certificate, of another authority, into the folder. */
  static ServingCertificate writeCertificate(Path folder) throws IOException {
    ServingCertificate made =
        ServingCertificate.make(
            List.of("localhost", "127.0.0.1"), Instant.now(), Duration.ofDays(2));
    Files.writeString(folder.resolve("ca.crt"), made.authority());
    Files.writeString(folder.resolve("tls.crt"), made.certificate());
    Files.writeString(folder.resolve("tls.key"), made.key());
    return made;
  }

  static Map<String, String> configuration(Path folder) throws IOException {
    return Map.of(
        "policyctl.service.tls-certificate", folder.resolve("tls.crt").toString(),
        "policyctl.service.tls-key", folder.resolve("tls.key").toString(),
        "quarkus.http.test-ssl-port", Integer.toString(TlsClient.choosePort()),
        "quarkus.management.test-port", "0");
  }

  @Override
  public void stop() {}
}
