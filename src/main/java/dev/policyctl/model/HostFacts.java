package dev.policyctl.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is known of one host's file systems, images and block devices. Whatever is absent is not
 * known.
 *
 * @param name the host's name
 * @param collectedAt when it was read, RFC 3339
 * @param kernelRelease as {@code uname -r} prints it
 * @param zfsVersion of the loaded OpenZFS module
 * @param filesystems the mounts, in the order in which they were mounted: of two on one mount point
 *     the later hides the earlier
 */
public record HostFacts(
    String name,
    Optional<String> collectedAt,
    Optional<String> kernelRelease,
    Optional<String> zfsVersion,
    List<Filesystem> filesystems,
    List<HostFile> files,
    List<VolumeGroup> volumeGroups,
    List<ZfsPool> zfsPools,
    List<StorageClassPath> storageClasses) {
  public HostFacts {
    filesystems = List.copyOf(filesystems);
    files = List.copyOf(files);
    volumeGroups = List.copyOf(volumeGroups);
    zfsPools = List.copyOf(zfsPools);
    storageClasses = List.copyOf(storageClasses);
  }

  /** The same of a host of another name: what a cluster calls it. */
  public HostFacts named(String other) {
    return new HostFacts(
        other,
        collectedAt,
        kernelRelease,
        zfsVersion,
        filesystems,
        files,
        volumeGroups,
        zfsPools,
        storageClasses);
  }

  /**
   * One mount.
   *
   * @param type as /proc/self/mountinfo names it: {@code btrfs}, {@code zfs}, {@code fuse.sshfs}
   * @param options of the mount and of its super block
   * @param below the block layers under it, nearest first; absent when not known, empty when there
   *     is a bare device
   * @param directWrites what an O_DIRECT write meets, when it was observed
   */
  public record Filesystem(
      String mountPoint,
      Optional<String> source,
      String type,
      Optional<List<String>> options,
      Optional<Btrfs> btrfs,
      Optional<Zfs> zfs,
      Optional<Bcachefs> bcachefs,
      Optional<List<Layer>> below,
      Optional<DirectWrites> directWrites) {
    public Filesystem {
      options = options.map(List::copyOf);
      below = below.map(List::copyOf);
    }
  }

  /**
   * @param dataProfiles lower case; several after an interrupted conversion; empty when not known
   * @param checksum the algorithm, {@code crc32c}
   */
  public record Btrfs(
      Optional<String> uuid,
      List<String> dataProfiles,
      List<String> metadataProfiles,
      Optional<String> checksum,
      OptionalInt devices,
      Optional<Boolean> degraded) {
    public Btrfs {
      dataProfiles = List.copyOf(dataProfiles);
      metadataProfiles = List.copyOf(metadataProfiles);
    }
  }

  /**
   * A ZFS dataset or volume.
   *
   * @param checksum the property's value: {@code on}, {@code off}, {@code sha256}
   * @param direct the property's value: {@code standard}, {@code always}, {@code disabled}
   * @param redundancy the worst of the pool's data vdevs: {@code stripe}, {@code mirror}, {@code
   *     raidz1}, …
   * @param verify whether direct writes are verified ({@code zfs_vdev_direct_write_verify})
   */
  public record Zfs(
      String dataset,
      Optional<String> checksum,
      Optional<String> direct,
      Optional<String> redundancy,
      OptionalInt copies,
      Optional<Boolean> verify) {}

  /**
   * @param dataChecksum {@code crc32c}, {@code none}, …
   */
  public record Bcachefs(Optional<String> dataChecksum, OptionalInt dataReplicas) {}

  /**
   * One image file, or a directory that images are made in.
   *
   * @param noCow the inode's NOCOW flag (C)
   * @param compressed the inode's compression flag (c)
   * @param directory whether it is a directory: its flag only predicts files not made yet
   * @param opensDirect whether it could be opened with O_DIRECT
   * @param inode with {@code root} names the file in a kernel's message
   * @param root id of the btrfs subvolume
   */
  public record HostFile(
      String path,
      Optional<Boolean> noCow,
      Optional<Boolean> compressed,
      Optional<Boolean> directory,
      Optional<Boolean> opensDirect,
      OptionalLong inode,
      OptionalLong root,
      Optional<Loop> loop,
      Optional<DirectWrites> directWrites) {}

  /** The loop device that the file is attached to. */
  public record Loop(String device, boolean directIo) {}

  public record VolumeGroup(String name, Optional<List<Layer>> below) {
    public VolumeGroup {
      below = below.map(List::copyOf);
    }
  }

  /** A ZFS pool, and what of its datasets and volumes is known without a mount. */
  public record ZfsPool(
      String name, Optional<String> redundancy, Optional<List<Layer>> below, List<Zfs> datasets) {
    public ZfsPool {
      below = below.map(List::copyOf);
      datasets = List.copyOf(datasets);
    }
  }

  /** Where a StorageClass makes its volumes on this host. */
  public record StorageClassPath(String name, String path) {}

  /**
   * A block layer.
   *
   * @param kind {@code disk}, {@code partition}, {@code crypt}, {@code lvm}, {@code md-raid1},
   *     {@code drbd}, {@code dm-raid}, {@code dm-integrity}, …
   * @param journal of dm-integrity: whether it copies data to a journal
   */
  public record Layer(String name, String kind, Optional<Boolean> journal) {}

  /**
   * @param value one of the values of {@code storage.directWrites}
   * @param evidence how it is known
   */
  public record DirectWrites(String value, String evidence) {}
}
