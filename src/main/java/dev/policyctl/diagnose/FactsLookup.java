package dev.policyctl.diagnose;

import dev.policyctl.model.HostFacts.Btrfs;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.HostFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a host's facts, by path and by root and inode. */
final class FactsLookup implements InodeLookup {
  private record FileNumber(long root, long inode) {}

  private final Map<FileNumber, List<String>> byNumber = new HashMap<>();
  private final Map<String, HostFile> byPath = new HashMap<>();
  private final List<Filesystem> filesystems;

  FactsLookup(List<HostFile> files, List<Filesystem> filesystems) {
    this.filesystems = filesystems;
    for (HostFile file : files) {
      byPath.put(file.path(), file);
      if (file.root().isPresent() && file.inode().isPresent()) {
        FileNumber number = new FileNumber(file.root().getAsLong(), file.inode().getAsLong());
        byNumber.computeIfAbsent(number, key -> new ArrayList<>()).add(file.path());
      }
    }
  }

  /** Roots and inodes are numbered anew in each file system, so the device has its say. */
  @Override
  public List<String> paths(String device, long root, long inode) {
    return byNumber.getOrDefault(new FileNumber(root, inode), List.of()).stream()
        .filter(path -> canBeOn(device, path))
        .sorted()
        .toList();
  }

  @Override
  public List<String> pathsAt(String device, long logical) {
    return List.of();
  }

  @Override
  public Optional<HostFile> file(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  private boolean canBeOn(String device, String path) {
    Optional<Filesystem> mount = mountOf(path);
    Optional<String> source = mount.flatMap(Filesystem::source).map(Scan::device);
    if (device.isEmpty() || source.isEmpty() || source.get().equals(device)) {
      return true;
    }
    boolean oneDevice =
        mount
            .flatMap(Filesystem::btrfs)
            .map(Btrfs::devices)
            .filter(n -> n.orElse(0) == 1)
            .isPresent();
    return (!oneDevice || isAlias(device, source.get())) && !isSourceOfAnother(device);
  }

  private boolean isSourceOfAnother(String device) {
    return filesystems.stream()
        .anyMatch(other -> other.source().map(Scan::device).filter(device::equals).isPresent());
  }

  /** The kernel says {@code dm-1} where the mount table says {@code /dev/mapper/pve-data}. */
  private static boolean isAlias(String device, String source) {
    return device.startsWith("dm-") && source.indexOf('/') >= 0;
  }

  private Optional<Filesystem> mountOf(String path) {
    Filesystem best = null;
    for (Filesystem candidate : filesystems) {
      boolean deeper =
          best == null || candidate.mountPoint().length() >= best.mountPoint().length();
      if (deeper && isBelow(path, candidate.mountPoint())) {
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean isBelow(String path, String mountPoint) {
    String prefix = mountPoint.endsWith("/") ? mountPoint : mountPoint + "/";
    return path.startsWith(prefix);
  }
}
