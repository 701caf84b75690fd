package dev.policyctl.format.libvirt;

import java.util.Locale;
import java.util.Optional;

/** The types of storage pools (src/conf/storage_conf.c), by what their volumes are on the host. */
enum PoolType {
  DIR("file"),
  FS("file"),
  NETFS("file"),
  VSTORAGE("file"),
  LOGICAL("block"),
  DISK("block"),
  ISCSI("block"),
  SCSI("block"),
  MPATH("block"),
  ZFS("block"),
  ISCSI_DIRECT("network"),
  RBD("network"),
  SHEEPDOG("network"),
  GLUSTER("network");

  private final String access;

  PoolType(String access) {
    this.access = access;
  }

  String access() {
    return access;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<PoolType> of(String word) {
    for (PoolType type : values()) {
      if (type.word().equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** {@code virStoragePoolDefParseFeatures} takes {@code <cow>} for these two alone. */
  static boolean hasCowFeature(String word) {
    return word.equals("dir") || word.equals("fs");
  }
}
