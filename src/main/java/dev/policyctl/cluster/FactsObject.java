package dev.policyctl.cluster;

import dev.policyctl.facts.HostFactsWriter;
import dev.policyctl.model.HostFacts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A host's facts as an object of the cluster, of the host's name. */
public final class FactsObject {
  private FactsObject() {}

  /** Writes it, in the place of what was known of the host before. */
  public static void apply(KubernetesClient client, HostFacts facts) {
    StringBuilder document = new StringBuilder();
    try {
      HostFactsWriter.write(facts, document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client
        .genericKubernetesResources(WatchedKind.FACTS.context())
        .resource(Serialization.unmarshal(document.toString(), GenericKubernetesResource.class))
        .fieldManager(ReportDocument.OURS)
        .forceConflicts()
        .serverSideApply();
  }
}
