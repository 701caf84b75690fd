package dev.policyctl.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What an informer needs to know of the objects that it has seen: their names and versions. The
 * objects themselves are kept by whoever listens, as small as he needs them.
 */
final class LeanStore implements ItemStore<GenericKubernetesResource> {
  private final Map<String, GenericKubernetesResource> items = new ConcurrentHashMap<>();

  @Override
  public String getKey(GenericKubernetesResource item) {
    return Cache.metaNamespaceKeyFunc(item);
  }

  @Override
  public GenericKubernetesResource put(String key, GenericKubernetesResource item) {
    GenericKubernetesResource lean = new GenericKubernetesResource();
    lean.setApiVersion(item.getApiVersion());
    lean.setKind(item.getKind());
    lean.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(item.getMetadata().getNamespace())
            .withName(item.getMetadata().getName())
            .withUid(item.getMetadata().getUid())
            .withResourceVersion(item.getMetadata().getResourceVersion())
            .build());
    return items.put(key, lean);
  }

  @Override
  public GenericKubernetesResource remove(String key) {
    return items.remove(key);
  }

  @Override
  public Stream<String> keySet() {
    return items.keySet().stream();
  }

  @Override
  public Stream<GenericKubernetesResource> values() {
    return items.values().stream();
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public GenericKubernetesResource get(String key) {
    return items.get(key);
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
