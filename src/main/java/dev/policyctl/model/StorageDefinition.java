package dev.policyctl.model;

import java.util.List;
import java.util.Map;

/**
 * A storage as its definition declares it: an entry of {@code storage.cfg}, a libvirt pool or
 * volume, a StorageClass.
 *
 * @param format name of the definition's format: {@code proxmox-storage}, {@code libvirt-pool}, …
 * @param type its type there: {@code dir}, {@code btrfs}, a provisioner
 * @param hosts the hosts it is restricted to; empty when it may be used on every host
 * @param options the definition's other properties, under their own names
 */
public record StorageDefinition(
    String format, String id, String type, List<String> hosts, Map<String, String> options) {
  public StorageDefinition {
    hosts = List.copyOf(hosts);
    options = Map.copyOf(options);
  }

  public String option(String name) {
    return options.getOrDefault(name, "");
  }
}
