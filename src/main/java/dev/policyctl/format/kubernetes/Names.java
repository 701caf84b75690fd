package dev.policyctl.format.kubernetes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Objects of one kind by namespace and name. A definition may leave the namespace to whoever
 * applies it: an object without one is found from every namespace, and whoever has none finds the
 * only object of the name. Many may read while one writes.
 */
final class Names<T> {
  /**
   * By name, then by namespace: small maps that are never changed, so that readers need no lock.
   */
  private final Map<String, Map<String, T>> byName = new ConcurrentHashMap<>();

  /** Of two objects of one name the later one counts. */
  void put(String namespace, String name, T value) {
    byName.merge(
        name,
        Map.of(namespace, value),
        (known, added) -> {
          if (known.size() == 1 && known.containsKey(namespace)) {
            return added;
          }
          Map<String, T> both = new HashMap<>(known);
          both.put(namespace, value);
          return both;
        });
  }

  void remove(String namespace, String name) {
    byName.computeIfPresent(
        name,
        (key, known) -> {
          Map<String, T> rest = new HashMap<>(known);
          rest.remove(namespace);
          return rest.isEmpty() ? null : rest;
        });
  }

  /** The object of exactly this namespace. */
  Optional<T> exactly(String namespace, String name) {
    return Optional.ofNullable(byName.getOrDefault(name, Map.of()).get(namespace));
  }

  Optional<T> find(String namespace, String name) {
    Map<String, T> namespaces = byName.getOrDefault(name, Map.of());
    T found = namespaces.containsKey(namespace) ? namespaces.get(namespace) : namespaces.get("");
    if (found == null && namespace.isEmpty() && namespaces.size() == 1) {
      found = namespaces.values().iterator().next();
    }
    return Optional.ofNullable(found);
  }
}
