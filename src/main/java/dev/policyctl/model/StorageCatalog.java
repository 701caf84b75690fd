package dev.policyctl.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The storage definitions that a guest's volumes may name.
 *
 * @param source where they were read from, for messages; empty when there was nothing to read: then
 *     a storage that is not found is not known, instead of known to be missing
 */
public record StorageCatalog(String source, Map<String, StorageDefinition> byId) {
  public static final StorageCatalog NONE = new StorageCatalog("", Map.of());

  public StorageCatalog {
    byId = Map.copyOf(byId);
  }

  /** Of two definitions with one id the later one counts. */
  public static StorageCatalog of(String source, Collection<StorageDefinition> definitions) {
    Map<String, StorageDefinition> byId = new LinkedHashMap<>();
    definitions.forEach(definition -> byId.put(definition.id(), definition));
    return new StorageCatalog(source, byId);
  }

  public Optional<StorageDefinition> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  public boolean isGiven() {
    return !source.isEmpty();
  }
}
