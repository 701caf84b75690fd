package dev.policyctl.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/**
 * The configuration of a service that answers only {@code kube-apiserver} and {@code page.proxy},
 * by a certificate of an authority of the test's own; without a cluster.
 */
public final class GuardedService implements QuarkusTestResourceLifecycleManager {
  /** A folder with {@code ca.crt} of the service, and {@code client-ca.crt}. */
  public static final String FOLDER = "policyctl.test.folder";

  private static final String AUTHORITY = "client-ca.crt";

  @Override
  public Map<String, String> start() {
    try {
      Path folder = TlsFiles.makeCertificate();
      System.setProperty(FOLDER, folder.toString());
      trust(ClientIdentity.authority("first"));
      Map<String, String> properties = new HashMap<>(TlsFiles.withoutCluster(folder));
      properties.put("policyctl.service.client-ca", folder.resolve(AUTHORITY).toString());
      properties.put("policyctl.service.client-name", "kube-apiserver,page.proxy");
      return properties;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts this authority where the service looks for it. */
  public static void trust(ClientIdentity authority) throws IOException {
    Path made = Files.writeString(folder().resolve("new"), authority.certificate());
    Files.move(
        made, folder().resolve(AUTHORITY), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  public static Path folder() {
    return Path.of(System.getProperty(FOLDER));
  }

  @Override
  public void stop() {}
}
