package dev.policyctl.format.libvirt;

/** Names of the options of a pool's or volume's definition. */
final class PoolOption {
  /** {@code target/path}; of a volume its key where it has no path. */
  static final String PATH = "path";

  /** {@code features/cow/@state}: {@code yes} or {@code no}; empty when absent. */
  static final String COW = "cow";

  /** {@code source/name}: a volume group, a ZFS dataset. */
  static final String SOURCE_NAME = "source.name";

  /** {@code source/format/@type}: the file system of an {@code fs} or {@code netfs} pool. */
  static final String SOURCE_FORMAT = "source.format";

  /** {@code target/format/@type} of a volume. */
  static final String FORMAT = "format";

  /** {@code true} for a volume with {@code <nocow/>}. */
  static final String NOCOW = "nocow";

  private PoolOption() {}
}
