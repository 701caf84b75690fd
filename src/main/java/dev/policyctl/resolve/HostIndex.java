package dev.policyctl.resolve;

import dev.policyctl.model.HostFacts;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.model.HostFacts.StorageClassPath;
import dev.policyctl.model.HostFacts.VolumeGroup;
import dev.policyctl.model.HostFacts.Zfs;
import dev.policyctl.model.HostFacts.ZfsPool;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A host's inventory by name and by path: a question costs the depth of its path. */
final class HostIndex {
  private final Map<String, Filesystem> mounts = new HashMap<>();
  private final Map<String, HostFile> files = new HashMap<>();
  private final Map<String, VolumeGroup> volumeGroups = new HashMap<>();
  private final Map<String, ZfsPool> pools = new HashMap<>();
  private final Map<String, Zfs> datasets = new HashMap<>();
  private final Map<String, Filesystem> datasetMounts = new HashMap<>();
  private final Map<String, String> storageClasses = new HashMap<>();

  HostIndex(HostFacts facts) {
    for (Filesystem mount : facts.filesystems()) {
      mounts.put(normalized(mount.mountPoint()), mount);
      datasetOf(mount).ifPresent(name -> datasetMounts.put(name, mount));
    }
    facts.files().forEach(file -> files.put(normalized(file.path()), file));
    facts.volumeGroups().forEach(group -> volumeGroups.put(group.name(), group));
    for (ZfsPool pool : facts.zfsPools()) {
      pools.put(pool.name(), pool);
      pool.datasets().forEach(dataset -> datasets.put(dataset.dataset(), dataset));
    }
    for (StorageClassPath storageClass : facts.storageClasses()) {
      storageClasses.put(storageClass.name(), storageClass.path());
    }
  }

  /** The dataset that is mounted; empty for a mount of another file system. */
  static Optional<String> datasetOf(Filesystem mount) {
    return mount
        .zfs()
        .map(Zfs::dataset)
        .or(() -> mount.type().equals("zfs") ? mount.source() : Optional.empty());
  }

  /** The mount whose mount point is the longest that holds the normalized path. */
  Optional<Filesystem> mountOf(String path) {
    String place = path;
    while (true) {
      Filesystem found = mounts.get(place);
      if (found != null || place.equals("/") || place.isEmpty()) {
        return Optional.ofNullable(found);
      }
      place = parent(place);
    }
  }

  Optional<HostFile> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  Optional<VolumeGroup> volumeGroup(String name) {
    return Optional.ofNullable(volumeGroups.get(name));
  }

  Optional<Filesystem> mountOfDataset(String name) {
    return Optional.ofNullable(datasetMounts.get(name));
  }

  Optional<String> pathOfStorageClass(String name) {
    return Optional.ofNullable(storageClasses.get(name));
  }

  /** The pool that a dataset or volume belongs to. */
  Optional<ZfsPool> poolOf(String dataset) {
    int slash = dataset.indexOf('/');
    return Optional.ofNullable(pools.get(slash < 0 ? dataset : dataset.substring(0, slash)));
  }

  /** The properties that a pool's list has of exactly this dataset. */
  Optional<Zfs> listedDataset(String name) {
    return Optional.ofNullable(datasets.get(name));
  }

  /**
   * The properties of a dataset or volume. Of one that is not listed they are those of the nearest
   * one above: it is not made yet, and will inherit them (zfsprops(7)).
   */
  Optional<Zfs> dataset(String name) {
    for (String at = name; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
      Zfs listed = datasets.get(at);
      if (listed != null) {
        return Optional.of(listed);
      }
      Filesystem mount = datasetMounts.get(at);
      if (mount != null && mount.zfs().isPresent()) {
        return mount.zfs();
      }
    }
    return Optional.empty();
  }

  /** The folder that holds a normalized path; {@code /} of {@code /}, empty of a bare name. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : path.substring(0, Math.max(0, slash));
  }

  /** Without doubled and trailing slashes, {@code .} and {@code ..}; links are not followed. */
  static String normalized(String path) {
    boolean clean =
        !path.contains("//") && !path.contains("/.") && (!path.endsWith("/") || path.equals("/"));
    if (clean || !path.startsWith("/")) {
      return path;
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return "/" + String.join("/", parts);
  }
}
