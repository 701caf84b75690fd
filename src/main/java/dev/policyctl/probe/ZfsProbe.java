package dev.policyctl.probe;

import dev.policyctl.model.HostFacts.Layer;
import dev.policyctl.model.HostFacts.Zfs;
import dev.policyctl.model.HostFacts.ZfsPool;
import dev.policyctl.probe.Commands.Ending;
import dev.policyctl.probe.Commands.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Pools, datasets and volumes of ZFS. The tools are asked only where the module is loaded: else
 * they would load it.
 */
final class ZfsProbe {
  private static final String MODULE = "/sys/module/zfs";
  private static final String VERIFY = MODULE + "/parameters/zfs_vdev_direct_write_verify";

  private final HostTree tree;
  private final Commands commands;
  private final BlockDevices devices;
  private final BlockProbe blocks;
  private final Notes notes;
  private final Optional<Boolean> verify;
  private final Map<String, PoolStatus.Pool> pools;
  private final Map<String, Zfs> datasets = new LinkedHashMap<>();

  ZfsProbe(HostTree tree, Commands commands, BlockDevices devices, BlockProbe blocks, Notes notes) {
    this.tree = tree;
    this.commands = commands;
    this.devices = devices;
    this.blocks = blocks;
    this.notes = notes;
    boolean loaded = tree.isDirectory(MODULE);
    this.verify = loaded ? tree.value(VERIFY).map("1"::equals) : Optional.empty();
    this.pools = loaded ? readPools() : Map.of();
    if (loaded && !pools.isEmpty()) {
      readDatasets();
    }
  }

  /** Of the loaded module, with its packaging suffix; nothing when none is loaded. */
  Optional<String> version() {
    return tree.value(MODULE + "/version").filter(version -> !version.isEmpty());
  }

  /** By the name that a mount has as its source, that of a snapshot too. */
  Zfs dataset(String source) {
    int at = source.indexOf('@');
    String name = at < 0 ? source : source.substring(0, at);
    Zfs known = datasets.get(name);
    return known != null ? known : zfs(name, Map.of());
  }

  /** What lies below the pool of a dataset. */
  Optional<List<Layer>> below(String dataset) {
    PoolStatus.Pool pool = pools.get(poolOf(dataset));
    if (pool == null) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (String path : pool.devices()) {
      Optional<String> name = devices.nameOf(path);
      if (name.isEmpty()) {
        return Optional.empty();
      }
      names.add(name.get());
    }
    return blocks.below(names);
  }

  List<ZfsPool> pools() {
    Map<String, List<Zfs>> members = new LinkedHashMap<>();
    pools.keySet().forEach(name -> members.put(name, new ArrayList<>()));
    datasets
        .values()
        .forEach(
            dataset ->
                members
                    .computeIfAbsent(poolOf(dataset.dataset()), name -> new ArrayList<>())
                    .add(dataset));
    List<ZfsPool> result = new ArrayList<>();
    members.forEach(
        (name, found) -> result.add(new ZfsPool(name, redundancy(name), below(name), found)));
    return result;
  }

  private Map<String, PoolStatus.Pool> readPools() {
    Output status = commands.run(List.of("zpool", "status", "-LP"));
    if (!status.succeeded()) {
      missing("the ZFS pools", status.reason("zpool status"));
    }
    return PoolStatus.parse(status.out());
  }

  // The property `direct` came with OpenZFS 2.3; before that the tool refuses to name it.
  private void readDatasets() {
    Output properties = properties("checksum,copies,direct");
    if (!properties.succeeded() && properties.ending() != Ending.GIVEN_UP) {
      properties = properties("checksum,copies");
    }
    if (!properties.succeeded()) {
      missing("the ZFS datasets", properties.reason("zfs get"));
    }
    Map<String, Map<String, String>> byDataset = new LinkedHashMap<>();
    for (String line : properties.out().split("\n", -1)) {
      String[] columns = line.split("\t", -1);
      if (columns.length == 3 && !columns[2].equals("-")) {
        byDataset
            .computeIfAbsent(columns[0], name -> new LinkedHashMap<>())
            .put(columns[1], columns[2]);
      }
    }
    byDataset.forEach((name, values) -> datasets.put(name, zfs(name, values)));
  }

  private Output properties(String names) {
    return commands.run(
        List.of(
            "zfs", "get", "-Hp", "-o", "name,property,value", "-t", "filesystem,volume", names));
  }

  private Zfs zfs(String name, Map<String, String> properties) {
    return new Zfs(
        name,
        Optional.ofNullable(properties.get("checksum")),
        Optional.ofNullable(properties.get("direct")),
        redundancy(name),
        copies(properties.getOrDefault("copies", "")),
        verify);
  }

  private static OptionalInt copies(String value) {
    boolean oneDigit = value.length() == 1 && Character.isDigit(value.charAt(0));
    return oneDigit ? OptionalInt.of(value.charAt(0) - '0') : OptionalInt.empty();
  }

  private Optional<String> redundancy(String dataset) {
    PoolStatus.Pool pool = pools.get(poolOf(dataset));
    return pool == null ? Optional.empty() : pool.redundancy();
  }

  private static String poolOf(String dataset) {
    int slash = dataset.indexOf('/');
    return slash < 0 ? dataset : dataset.substring(0, slash);
  }

  private void missing(String what, String reason) {
    notes.warning(
        MODULE, what + " are not known: " + reason, "install `zfsutils-linux`, or run as root");
  }
}
