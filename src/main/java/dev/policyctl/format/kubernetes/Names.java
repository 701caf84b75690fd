package dev.policyctl.format.kubernetes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Objects of one kind by namespace and name. A definition may leave the namespace to whoever
 * applies it: an object without one is found from every namespace, and whoever has none finds the
 * only object of the name.
 */
final class Names<T> {
  private final Map<String, Map<String, T>> byName = new HashMap<>();

  /** Of two objects of one name the later one counts. */
  void put(String namespace, String name, T value) {
    byName.computeIfAbsent(name, key -> new HashMap<>(2)).put(namespace, value);
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
