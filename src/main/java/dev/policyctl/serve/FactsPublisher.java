package dev.policyctl.serve;

import dev.policyctl.cli.FactsSink;
import dev.policyctl.cluster.FactsObject;
import dev.policyctl.model.HostFacts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Writes HostFacts into the cluster that kubectl, or a pod, would speak to. */
public final class FactsPublisher implements FactsSink {
  private final KubernetesClient client = new KubernetesClientBuilder().build();

  @Override
  public void put(HostFacts facts) throws PublishFailure {
    try {
      FactsObject.apply(client, facts);
    } catch (KubernetesClientException e) {
      throw new PublishFailure(String.valueOf(e.getMessage()));
    }
  }
}
