package dev.policyctl.probe;

import dev.policyctl.model.HostFacts.Btrfs;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.Layer;
import dev.policyctl.model.HostFacts.Zfs;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The facts of a mount, by the kind of its file system. */
record FilesystemProbe(
    BlockDevices devices, BlockProbe blocks, BtrfsProbe btrfs, ZfsProbe zfs, Notes notes) {
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

  Filesystem read(Mount mount) {
    return switch (mount.type()) {
      case "btrfs" -> onBtrfs(mount);
      case "zfs" -> {
        Zfs dataset = zfs.dataset(mount.source());
        yield facts(mount, Optional.empty(), Optional.of(dataset), zfs.below(dataset.dataset()));
      }
      default -> facts(mount, Optional.empty(), Optional.empty(), belowPlain(mount));
    };
  }

  private Filesystem onBtrfs(Mount mount) {
    Optional<BtrfsProbe.Filesystem> found = btrfs.find(mount);
    if (found.isEmpty()) {
      notes.warning(
          mount.mountPoint(),
          "the profiles of this btrfs are not known: `/sys/fs/btrfs` does not have `"
              + mount.source()
              + "`",
          "");
    }
    return facts(
        mount,
        found.map(BtrfsProbe.Filesystem::facts),
        Optional.empty(),
        found.flatMap(filesystem -> blocks.below(filesystem.devices())));
  }

  private Optional<List<Layer>> belowPlain(Mount mount) {
    if (IN_MEMORY.contains(mount.type())) {
      return Optional.of(List.of());
    }
    return devices.numbered(mount.device()).flatMap(device -> blocks.below(List.of(device.name())));
  }

  private static Filesystem facts(
      Mount mount, Optional<Btrfs> btrfs, Optional<Zfs> zfs, Optional<List<Layer>> below) {
    return new Filesystem(
        mount.mountPoint(),
        mount.source().isEmpty() ? Optional.empty() : Optional.of(mount.source()),
        mount.type(),
        Optional.of(mount.options()),
        btrfs,
        zfs,
        Optional.empty(),
        below,
        Optional.empty());
  }
}
