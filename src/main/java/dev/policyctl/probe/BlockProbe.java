package dev.policyctl.probe;

import dev.policyctl.model.HostFacts.Layer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The block layers below a device, down to the disks. */
final class BlockProbe {
  /** Devices that end a walk: what lies below them is not a block device of this host. */
  private static final Map<String, String> KIND_BY_PREFIX =
      Map.of(
          "drbd", "drbd",
          "loop", "loop",
          "nbd", "nbd",
          "rbd", "rbd",
          "zd", "zvol",
          "zram", "zram",
          "ram", "ram",
          "bcache", "bcache");

  private final BlockDevices devices;
  private final MapperTargets targets;
  private final Set<String> directLoops;
  private final Notes notes;
  private final Map<Set<String>, Optional<List<Layer>>> known = new HashMap<>();

  /**
   * @param directLoops names of loop devices that bypass the page cache
   */
  BlockProbe(BlockDevices devices, MapperTargets targets, Set<String> directLoops, Notes notes) {
    this.devices = devices;
    this.targets = targets;
    this.directLoops = directLoops;
    this.notes = notes;
  }

  /**
   * The devices themselves and all that lies below them, nearest first. Nothing when not all of it
   * can be told: a part of the answer could hide the mirror.
   *
   * @param names kernel names
   */
  Optional<List<Layer>> below(Collection<String> names) {
    Set<String> key = new LinkedHashSet<>(names);
    Optional<List<Layer>> before = known.get(key);
    if (before == null) {
      before = key.isEmpty() ? Optional.empty() : walk(key);
      known.put(key, before);
    }
    return before;
  }

  private Optional<List<Layer>> walk(Set<String> names) {
    ArrayDeque<String> open = new ArrayDeque<>(names);
    Map<String, Layer> layers = new LinkedHashMap<>();
    while (!open.isEmpty()) {
      String name = open.remove();
      if (layers.containsKey(name)) {
        continue;
      }
      Optional<BlockDevice> device = devices.find(name);
      Optional<Layer> layer = device.flatMap(this::layer);
      if (layer.isEmpty()) {
        return Optional.empty();
      }
      layers.put(name, layer.get());
      if (device.get().isPartition()) {
        open.add(device.get().disk());
      }
      open.addAll(device.get().slaves());
    }
    return Optional.of(List.copyOf(layers.values()));
  }

  private Optional<Layer> layer(BlockDevice device) {
    if (device.isMapped()) {
      Optional<Layer> layer = targets.layerOf(device, devices);
      if (layer.isEmpty()) {
        notes.warning(
            "/dev/mapper/" + device.mapped(),
            "what this device does is not known: `dmsetup table` did not tell",
            "run `policyctl probe` as root");
      }
      return layer;
    }
    if (directLoops.contains(device.name())) {
      notes.warning(
          "/dev/" + device.name(),
          "what lies below is not known: a loop device with direct I/O writes through to the"
              + " storage of its file",
          "");
      return Optional.empty();
    }
    return Optional.of(new Layer(device.name(), kind(device), Optional.empty()));
  }

  private static String kind(BlockDevice device) {
    if (device.isPartition()) {
      return "partition";
    }
    if (!device.arrayLevel().isEmpty()) {
      return "md-" + device.arrayLevel();
    }
    String name = device.name();
    int digit = 0;
    while (digit < name.length() && !Character.isDigit(name.charAt(digit))) {
      digit++;
    }
    return KIND_BY_PREFIX.getOrDefault(name.substring(0, digit), "disk");
  }
}
