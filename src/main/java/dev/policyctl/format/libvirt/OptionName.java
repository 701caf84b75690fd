package dev.policyctl.format.libvirt;

/** Names of the options that the domain reader leaves for the open rule and the locator. */
final class OptionName {
  /** Of the guest: the domain's type. */
  static final String DOMAIN_TYPE = "type";

  /** {@code disk}, {@code filesystem} or {@code nvram}. */
  static final String ELEMENT = "element";

  /** The source's type: {@code file}, {@code block}, {@code volume}, {@code mount}, … */
  static final String TYPE = "type";

  /** {@code disk}, {@code cdrom}, {@code floppy} or {@code lun}. */
  static final String DEVICE = "device";

  /** File, device or directory of the source; a network source's name. */
  static final String SOURCE = "source";

  static final String POOL = "pool";
  static final String VOLUME = "volume";

  /** {@code direct} where QEMU itself speaks iSCSI with the pool's server. */
  static final String MODE = "mode";

  static final String PROTOCOL = "protocol";

  /** A disk's {@code driver/@name}, a file system's {@code driver/@type}. */
  static final String DRIVER = "driver";

  /** Image format as written; empty when not written. */
  static final String FORMAT = "format";

  /** Program that serves a virtiofs directory, where one is named. */
  static final String BINARY = "binary";

  /** Socket of a virtiofs server that libvirt does not start. */
  static final String SOCKET = "socket";

  private OptionName() {}
}
