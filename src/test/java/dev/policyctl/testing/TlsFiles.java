package dev.policyctl.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The configuration of a service under test: a certificate of its own, and the examples' facts. */
public final class TlsFiles implements QuarkusTestResourceLifecycleManager {
  private static final String PASSWORD = "changeit";

  @Override
  public Map<String, String> start() {
    try {
      Path store = Files.createTempDirectory("policyctl-tls").resolve("store.p12");
      makeCertificate(store);
      return Map.of(
          "quarkus.tls.reviews.key-store.p12.path",
          store.toString(),
          "quarkus.tls.reviews.key-store.p12.password",
          PASSWORD,
          "quarkus.http.test-ssl-port",
          Integer.toString(TlsClient.PORT),
          "quarkus.management.test-port",
          "0",
          "policyctl.service.cluster",
          "false",
          "policyctl.service.facts",
          "examples/kubernetes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void makeCertificate(Path store) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "service",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void stop() {}
}
