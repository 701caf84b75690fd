package dev.policyctl.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * The certificate that the next handshake shows. Replacing it touches neither the server nor its
 * connections: a handshake takes the one or the other, whole.
 */
final class CurrentCertificate extends X509ExtendedKeyManager {
  private static final String ALIAS = "reviews";

  private volatile Optional<Pair> current = Optional.empty();

  /** A chain, its first certificate's key, and the text that they come from. */
  private record Pair(Pem pem, PrivateKey key, List<X509Certificate> chain) {}

  /**
   * A certificate chain and its key as PEM.
   *
   * @param key PKCS 8, PKCS 1 or SEC 1
   */
  record Pem(String certificate, String key) {}

  /** Whether this is what is shown already. */
  boolean is(Pem pem) {
    return current.map(Pair::pem).equals(Optional.of(pem));
  }

  /**
   * @throws IllegalArgumentException where it is no PEM, or the key is another certificate's, as
   *     while somebody writes the files
   */
  void replace(Pem pem) {
    try {
      Pair pair = new Pair(pem, key(pem.key()), chain(pem.certificate()));
      check(pair);
      current = Optional.of(pair);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the certificate cannot be used: " + e.getMessage(), e);
    }
  }

  private static List<X509Certificate> chain(String pem) throws GeneralSecurityException {
    Collection<? extends java.security.cert.Certificate> all =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    if (all.isEmpty()) {
      throw new GeneralSecurityException("no certificate in the file");
    }
    return all.stream().map(X509Certificate.class::cast).toList();
  }

  private static PrivateKey key(String pem) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        if (part instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getKeyPair(pair).getPrivate();
        }
        if (part instanceof PrivateKeyInfo info) {
          return new JcaPEMKeyConverter().getPrivateKey(info);
        }
      }
    }
    throw new IOException("no private key in the file");
  }

  private static void check(Pair pair) throws GeneralSecurityException {
    String algorithm =
        pair.key().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    byte[] text = ALIAS.getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(pair.key());
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(pair.chain().get(0));
    signature.update(text);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the key is another certificate's");
    }
  }

  /** When what is shown expires; empty where nothing is. */
  Optional<java.time.Instant> expiry() {
    return current.map(pair -> pair.chain().get(0).getNotAfter().toInstant());
  }

  /** As Quarkus' registry wants to see it. */
  KeyStore keyStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      Pair pair = current.orElseThrow();
      store.setKeyEntry(ALIAS, pair.key(), new char[0], array(pair));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java has no PKCS 12", e);
    }
  }

  private static X509Certificate[] array(Pair pair) {
    return pair.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
    return chooseServerAlias(type, issuers, new Socket());
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return getServerAliases(type, issuers).length > 0 ? ALIAS : "none";
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    boolean fits =
        current
            .map(pair -> pair.key().getAlgorithm())
            .filter(own -> own.equals(type) || type.startsWith(own))
            .isPresent();
    return fits ? new String[] {ALIAS} : new String[0];
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return current.map(CurrentCertificate::array).orElse(new X509Certificate[0]);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return current.map(Pair::key).orElseThrow();
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return "none";
  }
}
