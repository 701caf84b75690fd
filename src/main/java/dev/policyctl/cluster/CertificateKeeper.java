package dev.policyctl.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a self-made certificate in a Secret that all replicas read, and its authority in the
 * webhook configurations, so that nobody has to install anything for it.
 *
 * <p>A renewal takes two steps, so that no request fails: first the new authority stands beside the
 * old one in the webhook configurations; a minute later the new certificate is served.
 */
public final class CertificateKeeper {
  static final Duration VALIDITY = Duration.ofDays(90);
  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  /** After which every API server works with a changed webhook configuration. */
  private static final Duration KNOWN_AFTER = Duration.ofMinutes(1);

  private static final String AUTHORITY = "ca.crt";
  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";

  private final KubernetesClient client;
  private final Clock clock;
  private final Place place;
  private Optional<Next> next = Optional.empty();

  /** A certificate that is to be served once the API server knows its authority. */
  private record Next(ServingCertificate certificate, Instant since) {}

  /**
   * Where things are.
   *
   * @param dnsNames what the API server calls this service by
   * @param webhookConfigurations names of validating and mutating ones; one that is not there is
   *     passed over
   */
  public record Place(
      String namespace, String secret, List<String> dnsNames, List<String> webhookConfigurations) {
    public Place {
      dnsNames = List.copyOf(dnsNames);
      webhookConfigurations = List.copyOf(webhookConfigurations);
    }
  }

  public CertificateKeeper(KubernetesClient client, Clock clock, Place place) {
    this.client = client;
    this.clock = clock;
    this.place = place;
  }

  /** The certificate to serve with; made where there is none yet. */
  public ServingCertificate obtain() {
    Optional<ServingCertificate> stored = stored();
    if (stored.isPresent()) {
      return stored.get();
    }
    ServingCertificate made = make();
    try {
      client.secrets().resource(secret(made)).create();
      return made;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // Another replica was faster.
      return stored().orElseThrow();
    }
  }

  /** The certificate in the Secret; empty where there is none. */
  public Optional<ServingCertificate> stored() {
    Secret secret = client.secrets().inNamespace(place.namespace()).withName(place.secret()).get();
    return Optional.ofNullable(secret)
        .map(Secret::getData)
        .filter(data -> data.keySet().containsAll(List.of(AUTHORITY, CERTIFICATE, KEY)))
        .map(
            data ->
                new ServingCertificate(
                    decoded(data.get(AUTHORITY)),
                    decoded(data.get(CERTIFICATE)),
                    decoded(data.get(KEY))));
  }

  /**
   * One turn of the leader's: tells the webhook configurations the authority, and renews in time.
   * Does nothing where all is in order.
   */
  public void tend() {
    ServingCertificate current = obtain();
    Instant now = clock.instant();
    if (next.filter(it -> it.since().plus(KNOWN_AFTER).isBefore(now)).isPresent()) {
      current = next.get().certificate();
      client.secrets().resource(secret(current)).update();
      next = Optional.empty();
    } else if (next.isEmpty() && current.expiry().isBefore(now.plus(RENEWED_BEFORE))) {
      next = Optional.of(new Next(make(), now));
    }
    tell(current.authority() + next.map(it -> it.certificate().authority()).orElse(""));
  }

  private ServingCertificate make() {
    Instant now = clock.instant();
    return ServingCertificate.make(place.dnsNames(), now, VALIDITY);
  }

  private void tell(String authorities) {
    String bundle =
        Base64.getEncoder().encodeToString(authorities.getBytes(StandardCharsets.US_ASCII));
    for (String name : place.webhookConfigurations()) {
      var validating =
          client.admissionRegistration().v1().validatingWebhookConfigurations().withName(name);
      Optional.ofNullable(validating.get())
          .map(
              found ->
                  patch(
                      found.getWebhooks().stream()
                          .map(webhook -> webhook.getClientConfig().getCaBundle())
                          .toList(),
                      bundle))
          .filter(patch -> !patch.isEmpty())
          .ifPresent(patch -> validating.patch(PatchContext.of(PatchType.JSON), patch.toString()));
      var mutating =
          client.admissionRegistration().v1().mutatingWebhookConfigurations().withName(name);
      Optional.ofNullable(mutating.get())
          .map(
              found ->
                  patch(
                      found.getWebhooks().stream()
                          .map(webhook -> webhook.getClientConfig().getCaBundle())
                          .toList(),
                      bundle))
          .filter(patch -> !patch.isEmpty())
          .ifPresent(patch -> mutating.patch(PatchContext.of(PatchType.JSON), patch.toString()));
    }
  }

  private static ArrayNode patch(List<String> bundles, String wanted) {
    ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < bundles.size(); i++) {
      if (!wanted.equals(bundles.get(i))) {
        patch
            .addObject()
            .put("op", "add")
            .put("path", "/webhooks/" + i + "/clientConfig/caBundle")
            .put("value", wanted);
      }
    }
    return patch;
  }

  private Secret secret(ServingCertificate certificate) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(place.namespace())
        .withName(place.secret())
        .endMetadata()
        .withType("kubernetes.io/tls")
        .withStringData(
            Map.of(
                AUTHORITY, certificate.authority(),
                CERTIFICATE, certificate.certificate(),
                KEY, certificate.key()))
        .build();
  }

  private static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.US_ASCII);
  }
}
