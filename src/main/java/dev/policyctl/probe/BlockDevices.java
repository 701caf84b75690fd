package dev.policyctl.probe;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The block devices of a host, by each of the names that a mount may give. */
final class BlockDevices {
  private static final String FOLDER = "/sys/block";
  private static final String DEV = "/dev/";
  private static final String MAPPER = "/dev/mapper/";

  private final HostTree tree;
  private final Map<String, BlockDevice> byName = new LinkedHashMap<>();
  private final Map<String, BlockDevice> byNumber = new HashMap<>();
  private final Map<String, BlockDevice> byMapped = new HashMap<>();

  BlockDevices(HostTree tree) {
    this.tree = tree;
    for (String name : tree.list(FOLDER)) {
      String folder = FOLDER + "/" + name;
      add(read(name, folder, ""));
      for (String part : tree.list(folder)) {
        if (part.startsWith(name) && tree.exists(folder + "/" + part + "/partition")) {
          add(read(part, folder + "/" + part, name));
        }
      }
    }
  }

  private BlockDevice read(String name, String folder, String disk) {
    boolean mapped = name.startsWith("dm-");
    return new BlockDevice(
        name,
        tree.value(folder + "/dev").orElse(""),
        disk,
        disk.isEmpty() ? tree.list(folder + "/slaves") : List.of(),
        mapped ? tree.value(folder + "/dm/name").orElse("") : "",
        mapped ? tree.value(folder + "/dm/uuid").orElse("") : "",
        name.startsWith("md") ? tree.value(folder + "/md/level").orElse("") : "",
        disk.isEmpty() && tree.isFlagged(folder + "/queue/stable_writes"));
  }

  private void add(BlockDevice device) {
    byName.put(device.name(), device);
    if (!device.number().isEmpty()) {
      byNumber.put(device.number(), device);
    }
    if (device.isMapped()) {
      byMapped.put(device.mapped(), device);
    }
  }

  Collection<BlockDevice> all() {
    return byName.values();
  }

  Optional<BlockDevice> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** By major and minor number; nothing for the numbers of file systems without a device. */
  Optional<BlockDevice> numbered(String number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  /**
   * The kernel's name of a device file: {@code dm-1} for {@code /dev/mapper/pve-root}. A link like
   * {@code /dev/disk/by-uuid/…} is followed; a slash in the name is an exclamation mark in sysfs.
   */
  Optional<String> nameOf(String path) {
    if (!path.startsWith(DEV)) {
      return Optional.empty();
    }
    String name = path.substring(DEV.length()).replace('/', '!');
    if (byName.containsKey(name)) {
      return Optional.of(name);
    }
    if (path.startsWith(MAPPER)) {
      BlockDevice mapped = byMapped.get(path.substring(MAPPER.length()));
      if (mapped != null) {
        return Optional.of(mapped.name());
      }
    }
    return tree.realName(path).filter(byName::containsKey);
  }
}
