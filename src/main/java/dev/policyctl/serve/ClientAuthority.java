package dev.policyctl.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whose certificates callers may show. It can be replaced between two handshakes; nobody is trusted
 * before it is there. Thread-safe.
 */
final class ClientAuthority extends X509ExtendedTrustManager {
  private static final int MAX_SEEN = 1000;

  private volatile Optional<Trusted> current = Optional.empty();

  /**
   * What one text says.
   *
   * @param seen callers' certificates that were found to be good
   */
  private record Trusted(String pem, X509ExtendedTrustManager manager, Set<X509Certificate> seen) {}

  /** Whether this is what is in force already. */
  boolean is(String pem) {
    return current.map(Trusted::pem).equals(Optional.of(pem));
  }

  /**
   * @param pem one certificate or several
   * @throws IllegalArgumentException where it is none, as while somebody writes the file
   */
  void replace(String pem) {
    try {
      current = Optional.of(new Trusted(pem, manager(pem), ConcurrentHashMap.newKeySet()));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "the client authority cannot be used: " + e.getMessage(), e);
    }
  }

  private static X509ExtendedTrustManager manager(String pem)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    byte[] text = pem.getBytes(StandardCharsets.US_ASCII);
    for (Certificate each :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(text))) {
      store.setCertificateEntry(Integer.toString(store.size()), each);
    }
    if (store.size() == 0) {
      throw new GeneralSecurityException("no certificate in the file");
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("this Java has no trust manager"));
  }

  /**
   * Whether it is good at this moment: a connection, and a session that is taken up again, may be
   * older than the authority in force.
   *
   * @param chain not empty
   */
  boolean trusts(X509Certificate[] chain) {
    try {
      Trusted trusted = trusted();
      chain[0].checkValidity();
      if (!trusted.seen().contains(chain[0])) {
        trusted.manager().checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
        if (trusted.seen().size() >= MAX_SEEN) {
          trusted.seen().clear();
        }
        trusted.seen().add(chain[0]);
      }
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private Trusted trusted() throws CertificateException {
    return current.orElseThrow(() -> new CertificateException("no client authority"));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    trusted().manager().checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    trusted().manager().checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    trusted().manager().checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("servers are not asked");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return current
        .map(trusted -> trusted.manager().getAcceptedIssuers())
        .orElse(new X509Certificate[0]);
  }
}
