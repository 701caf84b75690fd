package dev.policyctl.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an informer needs to know of the objects that it has seen: their names and versions. The
 * objects themselves are kept by whoever listens, as small as he needs them.
 */
final class LeanStore implements ItemStore<GenericKubernetesResource> {
  private final WatchedKind kind;

  /** The version by the key, which is {@code namespace/name} or the name. */
  private final Map<String, String> versions = new ConcurrentHashMap<>();

  LeanStore(WatchedKind kind) {
    this.kind = kind;
  }

  @Override
  public String getKey(GenericKubernetesResource item) {
    return Cache.metaNamespaceKeyFunc(item);
  }

  @Override
  public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource item) {
    String version = item.getMetadata().getResourceVersion();
    return seen(key, versions.put(key, version == null ? "" : version));
  }

  @Override
  public @Nullable GenericKubernetesResource remove(String key) {
    return seen(key, versions.remove(key));
  }

  @Override
  public @Nullable GenericKubernetesResource get(String key) {
    return seen(key, versions.get(key));
  }

  /** Null where there is none, as the interface wants it. */
  private @Nullable GenericKubernetesResource seen(String key, @Nullable String version) {
    return version == null ? null : lean(key, version);
  }

  private GenericKubernetesResource lean(String key, String version) {
    int slash = key.indexOf('/');
    GenericKubernetesResource lean = new GenericKubernetesResource();
    lean.setApiVersion(kind.apiVersion());
    lean.setKind(kind.kind());
    lean.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(slash < 0 ? null : key.substring(0, slash))
            .withName(key.substring(slash + 1))
            .withResourceVersion(version)
            .build());
    return lean;
  }

  @Override
  public Stream<String> keySet() {
    return versions.keySet().stream();
  }

  @Override
  public Stream<GenericKubernetesResource> values() {
    return versions.entrySet().stream().map(seen -> lean(seen.getKey(), seen.getValue()));
  }

  @Override
  public int size() {
    return versions.size();
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
