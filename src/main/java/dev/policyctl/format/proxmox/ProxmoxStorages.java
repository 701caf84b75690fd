package dev.policyctl.format.proxmox;

import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/** What holds for the storages of {@code storage.cfg} beyond what it says. */
public final class ProxmoxStorages {
  static final String LOCAL = "local";
  static final String LOCAL_PATH = "/var/lib/vz";

  private ProxmoxStorages() {}

  /**
   * The storages that guests may name, with {@code local}, which every Proxmox VE has.
   *
   * @param source where the definitions were read from, for messages
   */
  public static StorageCatalog catalog(String source, List<StorageDefinition> definitions) {
    List<StorageDefinition> effective = new ArrayList<>();
    effective.add(standardLocal());
    definitions.forEach(definition -> effective.add(effective(definition)));
    return StorageCatalog.of(source, effective);
  }

  /**
   * The storage as Proxmox VE takes it: a {@code local} that is no {@code dir} at {@code
   * /var/lib/vz} is replaced by one, and is never restricted to nodes (pve-storage 9.1.7,
   * src/PVE/Storage/Plugin.pm, parse_config).
   */
  static StorageDefinition effective(StorageDefinition definition) {
    if (!definition.id().equals(LOCAL)) {
      return definition;
    }
    if (!isStandardLocal(definition)) {
      return standardLocal();
    }
    Map<String, String> options = new HashMap<>(definition.options());
    options.put("path", LOCAL_PATH);
    options.remove("nodes");
    return new StorageDefinition(
        StorageCfgFormat.NAME, LOCAL, definition.type(), List.of(), options);
  }

  static boolean isStandardLocal(StorageDefinition local) {
    String path = local.option("path");
    return local.type().equals(StorageType.DIR.word())
        && (path.isEmpty() || path.equals(LOCAL_PATH));
  }

  private static StorageDefinition standardLocal() {
    return new StorageDefinition(
        StorageCfgFormat.NAME,
        LOCAL,
        StorageType.DIR.word(),
        List.of(),
        Map.of("path", LOCAL_PATH, "content", "backup,images,iso,rootdir,snippets,vztmpl"));
  }

  /** The items of a list value: separated by commas, semicolons or blanks. */
  static List<String> list(String value) {
    List<String> items = new ArrayList<>();
    StringTokenizer tokens = new StringTokenizer(value, ",; \t");
    while (tokens.hasMoreTokens()) {
      items.add(tokens.nextToken());
    }
    return items;
  }

  /** Whether a boolean of {@code storage.cfg} is set: it knows {@code 1} and {@code 0} only. */
  static boolean isSet(StorageDefinition storage, String option) {
    return storage.option(option).equals("1");
  }
}
