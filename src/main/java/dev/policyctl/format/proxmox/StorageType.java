package dev.policyctl.format.proxmox;

import dev.policyctl.model.StorageDefinition;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The storage plugins that Proxmox VE brings along (pve-storage 9.1.7, src/PVE/Storage/*Plugin.pm).
 * Others can be installed beside them.
 */
enum StorageType {
  DIR("dir", Layout.DIRECTORY, Guests.ALL, "path"),
  BTRFS("btrfs", Layout.DIRECTORY, Guests.ALL, "path"),
  NFS("nfs", Layout.DIRECTORY, Guests.ALL, ""),
  CIFS("cifs", Layout.DIRECTORY, Guests.ALL, ""),
  CEPHFS("cephfs", Layout.DIRECTORY, Guests.NONE, ""),
  ZFSPOOL("zfspool", Layout.ZFS, Guests.ALL, "pool"),
  ZFS("zfs", Layout.NETWORK, Guests.MACHINES, "pool"),
  LVM("lvm", Layout.LVM, Guests.ALL, "vgname"),
  LVMTHIN("lvmthin", Layout.LVM, Guests.ALL, "vgname,thinpool"),
  RBD("rbd", Layout.RBD, Guests.ALL, ""),
  ISCSI("iscsi", Layout.ISCSI, Guests.MACHINES, ""),
  ISCSIDIRECT("iscsidirect", Layout.NETWORK, Guests.MACHINES, ""),
  PBS("pbs", Layout.NETWORK, Guests.NONE, ""),
  ESXI("esxi", Layout.NETWORK, Guests.NONE, "");

  /** How a storage keeps its volumes. */
  enum Layout {
    /** Files below {@code path}. */
    DIRECTORY,
    /** Volumes and datasets below {@code pool}. */
    ZFS,
    /** Logical volumes of {@code vgname}. */
    LVM,
    /** Images of a Ceph pool, opened by librbd or mapped to a device of the host. */
    RBD,
    /** Disks that the host is logged in to. */
    ISCSI,
    /** Without a file or device on the host. */
    NETWORK
  }

  /** Whose disks the storage can hold. */
  private enum Guests {
    NONE,
    MACHINES,
    /** Containers' too. */
    ALL
  }

  /** Everything that {@code content} may list, for one type of storage or another. */
  static final List<String> CONTENTS =
      List.of("images", "rootdir", "vztmpl", "iso", "backup", "snippets", "import", "none");

  private static final Map<String, StorageType> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(StorageType::word, Function.identity()));

  private final String word;
  private final Layout layout;
  private final Guests guests;
  private final String required;

  StorageType(String word, Layout layout, Guests guests, String required) {
    this.word = word;
    this.layout = layout;
    this.guests = guests;
    this.required = required;
  }

  static Optional<StorageType> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  static Collection<String> words() {
    return Arrays.stream(values()).map(StorageType::word).toList();
  }

  /** The type as {@code storage.cfg} writes it. */
  String word() {
    return word;
  }

  Layout layout() {
    return layout;
  }

  /** The properties that decide where volumes lie and without which there is no such storage. */
  List<String> required() {
    return ProxmoxStorages.list(required);
  }

  /** Whether {@code content} may list this; whatever no guest runs from is not checked. */
  boolean mayHold(String content) {
    return switch (content) {
      case "images" -> guests != Guests.NONE;
      case "rootdir" -> guests == Guests.ALL;
      default -> CONTENTS.contains(content);
    };
  }

  /**
   * Whether disks of virtual machines can be made on the storage: by its {@code content}, which
   * every type that can hold them lists when nothing is declared.
   */
  boolean holdsImages(StorageDefinition storage) {
    String declared = storage.option("content");
    return guests != Guests.NONE
        && (declared.isEmpty() || ProxmoxStorages.list(declared).contains("images"));
  }
}
