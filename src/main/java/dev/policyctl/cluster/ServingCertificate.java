package dev.policyctl.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key and certificate to serve with, and the authority that signed it. The authority's own key is
 * gone when this is made: a renewal comes with an authority of its own.
 *
 * @param authority PEM
 * @param certificate PEM
 * @param key PEM, PKCS 8
 */
public record ServingCertificate(String authority, String certificate, String key) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration BACKDATED = Duration.ofMinutes(5);
  private static final int LINE = 64;

  /**
   * Makes one.
   *
   * @param names DNS names and IP addresses that it is for, at least one
   * @param from the moment from which it holds; a few minutes earlier, for clocks that go wrong
   */
  public static ServingCertificate make(List<String> names, Instant from, Duration validity) {
    try {
      KeyPair authority = keys();
      KeyPair own = keys();
      X500Name issuer =
          new X500Name("CN=policyctl authority " + Long.toHexString(RANDOM.nextLong()));
      Validity when = new Validity(from.minus(BACKDATED), from.plus(validity));
      X509v3CertificateBuilder root = builder(issuer, issuer, authority, when);
      root.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      root.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      X509v3CertificateBuilder leaf = builder(issuer, new X500Name("CN=policyctl"), own, when);
      leaf.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      leaf.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      leaf.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
      return new ServingCertificate(
          pem(signed(root, authority)),
          pem(signed(leaf, authority)),
          pem("PRIVATE KEY", own.getPrivate().getEncoded()));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("this Java cannot make a certificate", e);
    }
  }

  private record Validity(Instant from, Instant until) {}

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Validity when) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(120, RANDOM).setBit(119),
        Date.from(when.from()),
        Date.from(when.until()),
        subject,
        keys.getPublic());
  }

  private static GeneralNames alternatives(List<String> names) {
    return new GeneralNames(
        names.stream()
            .map(
                name ->
                    new GeneralName(
                        isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
            .toArray(GeneralName[]::new));
  }

  private static boolean isAddress(String name) {
    return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair signer)
      throws OperatorCreationException, CertificateException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
  }

  private static String pem(X509Certificate certificate) throws CertificateException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  private static String pem(String label, byte[] content) {
    String text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  /** Until when it holds; long ago where it is no certificate. */
  Instant expiry() {
    try {
      byte[] pem = certificate.getBytes(StandardCharsets.US_ASCII);
      X509Certificate first =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem));
      return first.getNotAfter().toInstant();
    } catch (CertificateException e) {
      return Instant.EPOCH;
    }
  }
}
