package dev.policyctl.format.kubernetes;

/** Names of options that the definition's reader and the rule of opening share. */
final class OptionName {
  /** Kind of the object that a guest stands for. */
  static final String KIND = "kind";

  /** What a volume is made from: {@code persistentVolumeClaim}, {@code hostDisk}, … */
  static final String SOURCE = "source";

  /** A fact: the cache mode that a preference fills in. */
  static final String PREFERRED_CACHE = "preferredDiskCache";

  /** A fact: the I/O mode that a preference fills in. */
  static final String PREFERRED_IO = "preferredDiskIO";

  /** {@code true} for an image on top of another one that virt-launcher opens, too. */
  static final String BACKED = "backed";

  /** A fact: whether the guest's processes open files with O_DIRECT. */
  static final String DIRECT_IO = "directIo";

  /** {@code true} where nothing rules out that they do. */
  static final String DIRECT_IO_POSSIBLE = "directIoPossible";

  /** What the object says to be accepted; absent where it says nothing. */
  static final String ALLOW = "policyctl.dev/allow";

  private OptionName() {}
}
