package dev.policyctl.cluster;

import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.model.HostFacts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The facts of hosts in a cluster. Of a document that cannot be read the last good version stays.
 */
final class FactsMemory implements ResourceEventHandler<GenericKubernetesResource> {
  private final ClusterMemory.Listener listener;
  private final Map<String, HostFacts> byName = new TreeMap<>();

  FactsMemory(ClusterMemory.Listener listener) {
    this.listener = listener;
  }

  @Override
  public synchronized void onAdd(GenericKubernetesResource added) {
    HostFactsReader.Result result = HostFactsReader.read(Objects.document(added));
    if (result.hosts().size() == 1) {
      byName.put(added.getMetadata().getName(), result.hosts().get(0));
      tell();
    }
  }

  @Override
  public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource changed) {
    onAdd(changed);
  }

  @Override
  public synchronized void onDelete(GenericKubernetesResource gone, boolean isOnlyLastKnown) {
    byName.remove(gone.getMetadata().getName());
    tell();
  }

  private void tell() {
    listener.facts(List.copyOf(byName.values()));
  }
}
