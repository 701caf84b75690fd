package dev.policyctl.model;

import java.util.Optional;

/**
 * Where a volume or a storage lies, as far as definitions and the storage's type tell, before any
 * host fact is consulted.
 *
 * @param storageId empty for a bare path
 * @param type the storage's type in its definition; empty for a bare path
 * @param access {@code file}, {@code block} or {@code network}
 * @param path of the image, directory or device on the host; empty where there is none
 * @param imageFormat by name or declaration
 * @param nocowOption the storage's definition asks for files without copy-on-write
 * @param filesystem what the storage's type implies ({@code btrfs}, {@code zfs}, {@code nfs}, empty
 *     for plain block and network storage); unknown where only the host can tell
 * @param device what of the host's inventory decides instead of a mount: a zvol, a volume group, a
 *     storage class
 */
public record Placement(
    String storageId,
    Fact<String> type,
    Fact<String> access,
    Fact<String> path,
    Fact<String> imageFormat,
    Fact<Boolean> nocowOption,
    Fact<String> filesystem,
    Optional<Device> device) {

  /** Kinds of things in {@link HostFacts} that are found by name instead of by path. */
  public enum DeviceKind {
    /** A ZFS volume; the name is the dataset's, {@code pool/vm-100-disk-0}. */
    ZVOL,
    /** A ZFS dataset mounted by ZFS itself; the name is the dataset's. */
    DATASET,
    /** An LVM volume group. */
    VOLUME_GROUP,
    /** A Kubernetes StorageClass. */
    STORAGE_CLASS
  }

  public record Device(DeviceKind kind, String name) {}
}
