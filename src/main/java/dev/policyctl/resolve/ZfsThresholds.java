package dev.policyctl.resolve;

/**
 * The OpenZFS releases from which a direct write to a file of a dataset meets something else. A
 * release candidate counts as its release: the changes were in the first candidates already.
 */
enum ZfsThresholds {
  /** Opening a file with O_DIRECT succeeds (OpenZFS status slides, Installfest 2025). */
  ACCEPTS_DIRECT(0, 8),

  /**
   * Direct writes are direct, and verified: commit a10e552b99, first in zfs-2.3.0-rc1; zfsprops(7)
   * {@code direct}, zfs(4) {@code zfs_vdev_direct_write_verify}.
   */
  WRITES_DIRECTLY(2, 3);

  private final int major;
  private final int minor;

  ZfsThresholds(int major, int minor) {
    this.major = major;
    this.minor = minor;
  }

  boolean isReachedBy(LeadingNumbers version) {
    return version.first() > major || (version.first() == major && version.second() >= minor);
  }
}
