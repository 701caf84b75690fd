package dev.policyctl.serve;

import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/** What the bearer of a certificate is called. */
final class ClientNames {
  private ClientNames() {}

  /**
   * Its common names, then its alternative names as far as they are texts: DNS, mail, URI, address.
   * None where the certificate cannot be read.
   */
  static Set<String> of(X509Certificate certificate) {
    Set<String> names = new LinkedHashSet<>();
    try {
      for (RDN rdn : new JcaX509CertificateHolder(certificate).getSubject().getRDNs(BCStyle.CN)) {
        for (AttributeTypeAndValue part : rdn.getTypesAndValues()) {
          if (part.getType().equals(BCStyle.CN) && part.getValue() instanceof ASN1String name) {
            names.add(name.getString());
          }
        }
      }
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> typeAndName : alternatives) {
          if (typeAndName.get(1) instanceof String name) {
            names.add(name);
          }
        }
      }
      return names;
    } catch (CertificateEncodingException | CertificateParsingException e) {
      return Set.of();
    }
  }
}
