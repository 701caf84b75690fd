package dev.policyctl.resolve;

import java.util.List;

/**
 * The Linux releases from which a direct write meets something else. The leading numbers of the
 * release decide, vendors' kernels included: a base at or above a threshold has the change, one
 * below may have it backported, which only the host's facts can say.
 */
public final class KernelThresholds {
  /**
   * T1: btrfs silently does an O_DIRECT write as a buffered one when the inode has data checksums.
   * Commit 968f19c5b1b7, in 6.15; stable 6.12.77 (ChangeLog-6.12.77) and 6.6.130 (its announcement
   * of 2026-03-25); not in 6.13.y, 6.14.y and 6.1.y.
   */
  public static final KernelThresholds BTRFS_BUFFERS_CHECKSUMMED =
      new KernelThresholds(6, 15, List.of(new Stable(6, 12, 77), new Stable(6, 6, 130)));

  /**
   * T2: the same for every inode when the data profile has copies or parity. Commit 7c2830f00c3e,
   * in 7.0; stable 6.12.75 (ChangeLog-6.12.75), 6.18.16 and 6.19.6 (their review lists); not in
   * 6.15.y to 6.17.y, which had ended, nor in 6.6.y, to which it was not offered.
   */
  public static final KernelThresholds BTRFS_BUFFERS_REDUNDANT =
      new KernelThresholds(
          7, 0, List.of(new Stable(6, 19, 6), new Stable(6, 18, 16), new Stable(6, 12, 75)));

  /**
   * T3: both are replaced by a copy into kernel pages inside direct I/O (IOMAP_DIO_BOUNCE). In 7.3
   * (btrfs-progs issue 1139, "[PATCH v3 0/4] btrfs: use IOMAP_DIO_BOUNCE" of 2026-06-12); in no
   * stable series.
   */
  public static final KernelThresholds BTRFS_BOUNCES = new KernelThresholds(7, 3, List.of());

  /**
   * tmpfs accepts O_DIRECT. Commit e88e0d366f9c, in 6.6; before it the file cannot be opened so.
   */
  public static final KernelThresholds TMPFS_ACCEPTS_DIRECT = new KernelThresholds(6, 6, List.of());

  private final int major;
  private final int minor;
  private final List<Stable> stable;

  private KernelThresholds(int major, int minor, List<Stable> stable) {
    this.major = major;
    this.minor = minor;
    this.stable = stable;
  }

  /** The first point release of a stable series that has the change. */
  private record Stable(int major, int minor, int patch) {}

  public boolean isReachedBy(KernelRelease kernel) {
    return kernel.isAtLeast(major, minor)
        || stable.stream().anyMatch(it -> kernel.isInSeriesFrom(it.major, it.minor, it.patch));
  }

  /** {@code 6.15}: the release in which the change appeared. */
  public String release() {
    return major + "." + minor;
  }
}
