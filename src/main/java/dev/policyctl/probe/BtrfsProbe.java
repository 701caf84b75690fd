package dev.policyctl.probe;

import dev.policyctl.model.HostFacts.Btrfs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The mounted btrfs file systems, from {@code /sys/fs/btrfs} (Linux,
 * Documentation/ABI/testing/sysfs-fs-btrfs): it tells each of them once, however often it is
 * mounted.
 */
final class BtrfsProbe {
  private static final String FOLDER = "/sys/fs/btrfs";

  private final HostTree tree;
  private final BlockDevices devices;
  private final Map<String, Filesystem> byDevice = new HashMap<>();
  private final List<Filesystem> all = new ArrayList<>();

  /**
   * One btrfs.
   *
   * @param devices kernel names of those that are present
   */
  record Filesystem(Btrfs facts, List<String> devices) {}

  BtrfsProbe(HostTree tree, BlockDevices devices) {
    this.tree = tree;
    this.devices = devices;
    for (String uuid : tree.list(FOLDER)) {
      String folder = FOLDER + "/" + uuid;
      if (tree.isDirectory(folder + "/allocation")) {
        Filesystem filesystem = read(uuid, folder);
        all.add(filesystem);
        filesystem.devices().forEach(device -> byDevice.put(device, filesystem));
      }
    }
  }

  /**
   * The file system of a mount, by its source. A source that names no device, as {@code /dev/root},
   * is decided only where there is no choice.
   */
  Optional<Filesystem> find(Mount mount) {
    Optional<Filesystem> named = devices.nameOf(mount.source()).map(byDevice::get);
    return named.isPresent() || all.size() != 1 ? named : Optional.of(all.get(0));
  }

  private Filesystem read(String uuid, String folder) {
    List<String> present = tree.list(folder + "/devices");
    List<String> ids = tree.list(folder + "/devinfo");
    int devices = Math.max(present.size(), ids.size());
    Btrfs facts =
        new Btrfs(
            Optional.of(uuid),
            profiles(folder, "data"),
            profiles(folder, "metadata"),
            tree.value(folder + "/checksum").map(text -> text.strip().split(" ", 2)[0]),
            devices == 0 ? OptionalInt.empty() : OptionalInt.of(devices),
            degraded(folder, ids));
    return new Filesystem(facts, present);
  }

  // A mixed file system keeps data and metadata in the same block groups.
  private List<String> profiles(String folder, String kind) {
    TreeSet<String> profiles = new TreeSet<>();
    for (String allocation : List.of(kind, "mixed")) {
      String place = folder + "/allocation/" + allocation;
      for (String name : tree.list(place)) {
        if (tree.isDirectory(place + "/" + name)) {
          profiles.add(name);
        }
      }
    }
    return List.copyOf(profiles);
  }

  // devinfo/ID/missing exists since Linux 5.6; before that a missing device shows nowhere.
  private Optional<Boolean> degraded(String folder, List<String> ids) {
    Optional<Boolean> degraded = Optional.empty();
    for (String id : ids) {
      Optional<String> missing = tree.value(folder + "/devinfo/" + id + "/missing");
      if (missing.isPresent()) {
        degraded = Optional.of(degraded.orElse(false) || missing.get().equals("1"));
      }
    }
    return degraded;
  }
}
