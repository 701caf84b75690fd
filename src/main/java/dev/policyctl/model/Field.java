package dev.policyctl.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A field of the model. This is the one list of them, and long for that: CEL's declarations, the
 * order of output, {@code explain} and the completeness of resolved values all come from here.
 *
 * @param <T> {@code String}, {@code Boolean} or {@code List<String>}
 */
@SuppressWarnings("UnusedTypeParameter") // Values.get and set take their type from it.
public final class Field<T> {

  /** The part of the model a field belongs to; the first word of its path. */
  public enum Scope {
    GUEST("guest"),
    VOLUME("volume"),
    STORAGE("storage"),
    HOST("host");

    private final String word;

    Scope(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** The type of a field's values. */
  public enum Type {
    STRING,
    BOOLEAN,
    LIST
  }

  private static final Map<String, Field<?>> BY_PATH = new LinkedHashMap<>();

  public static final Field<String> GUEST_FORMAT =
      text(Scope.GUEST, "format", false, "the definition's format, such as `proxmox-qemu`");
  public static final Field<String> GUEST_ID =
      text(Scope.GUEST, "id", false, "VMID, UUID or namespace/name");
  public static final Field<String> GUEST_NAME =
      text(Scope.GUEST, "name", false, "display name; empty when it has none");
  public static final Field<String> GUEST_HOST =
      text(Scope.GUEST, "host", true, "the node that the guest runs on");
  public static final Field<List<String>> GUEST_BYPASSES =
      list(
          Scope.GUEST,
          "bypasses",
          false,
          "places where the definition hands storage to the hypervisor or container past the"
              + " model, such as `args` or `lxc.mount.entry`; they never change `volume.io.direct`"
              + " of declared volumes");

  public static final Field<String> VOLUME_KEY =
      text(
          Scope.VOLUME,
          "key",
          false,
          "`scsi0`, `rootfs`, `mp0`, `vda`, the disk's or claim's name");
  public static final Field<String> VOLUME_ROLE =
      text(
          Scope.VOLUME,
          "role",
          false,
          "`disk`, `rootfs`, `mount`, `cdrom`, `efi`, `tpm`, `cloudinit`, `filesystem` or"
              + " `unused`");
  public static final Field<String> VOLUME_SECTION =
      text(
          Scope.VOLUME,
          "section",
          false,
          "`current`, `pending` (what a pending change sets, as it will be) or `snapshot:NAME`");
  public static final Field<Boolean> VOLUME_ATTACHED =
      flag(Scope.VOLUME, "attached", false, "the guest gets it when it starts");
  public static final Field<Boolean> VOLUME_READ_ONLY =
      flag(Scope.VOLUME, "readOnly", false, "as effective: a template's volumes are read-only");
  public static final Field<Boolean> VOLUME_SHARED =
      flag(
          Scope.VOLUME,
          "shared",
          false,
          "several guests or hosts write it at once; not Proxmox' `shared=1`, which says that it"
              + " is on every node");
  public static final Field<Boolean> VOLUME_WRITTEN =
      flag(
          Scope.VOLUME,
          "written",
          false,
          "attached, not read-only, and of another role than `cdrom`, `cloudinit` and `unused`");
  public static final Field<Boolean> VOLUME_TRANSIENT =
      flag(Scope.VOLUME, "transient", false, "what the guest writes is thrown away when it stops");
  public static final Field<Boolean> VOLUME_BACKUP =
      flag(
          Scope.VOLUME,
          "backup",
          true,
          "part of the guest's backups; unknown where the format knows no backups");
  public static final Field<String> VOLUME_CACHE =
      text(Scope.VOLUME, "cache", false, "as declared; empty when not declared");
  public static final Field<String> VOLUME_AIO =
      text(Scope.VOLUME, "aio", false, "as declared; empty when not declared");
  public static final Field<Boolean> VOLUME_AIO_ACCEPTED =
      flag(Scope.VOLUME, "aioAccepted", true, "the hypervisor starts the guest with this `aio`");
  public static final Field<String> VOLUME_FORMAT =
      text(
          Scope.VOLUME,
          "format",
          true,
          "effective image format, by name or declaration: `raw`, `qcow2`, `subvol`, …");
  public static final Field<String> VOLUME_IO_OPENER =
      text(
          Scope.VOLUME,
          "io.opener",
          true,
          "who opens it on the host: `hypervisor`; `loop` (a raw image behind a loop device);"
              + " `process` (bind mount, subvolume, shared directory, a block device that the host"
              + " mounts: the guest's processes with their own flags)");
  public static final Field<Boolean> VOLUME_IO_DIRECT =
      flag(
          Scope.VOLUME,
          "io.direct",
          true,
          "the opener is given O_DIRECT; false where nothing is opened");
  public static final Field<Boolean> VOLUME_IO_POSSIBLE =
      flag(
          Scope.VOLUME,
          "io.possible",
          false,
          "the definition cannot rule out that processes of the guest open it with O_DIRECT");

  public static final Field<String> STORAGE_ID =
      text(Scope.STORAGE, "id", false, "its name in the definition; empty for a bare path");
  public static final Field<String> STORAGE_TYPE =
      text(
          Scope.STORAGE, "type", true, "its type in the definition: `dir`, `btrfs`, a provisioner");
  public static final Field<String> STORAGE_ACCESS =
      text(Scope.STORAGE, "access", true, "`file`, `block` or `network`");
  public static final Field<String> STORAGE_PATH =
      text(Scope.STORAGE, "path", true, "path on the host; empty where there is none");
  public static final Field<String> STORAGE_FILESYSTEM =
      text(
          Scope.STORAGE,
          "filesystem",
          true,
          "`btrfs`, `zfs` (a zvol too), `bcachefs`, `ext4`, `xfs`, `nfs`, …; empty for other block"
              + " and network storage");
  public static final Field<Boolean> STORAGE_NOCOW_OPTION =
      flag(
          Scope.STORAGE,
          "nocowOption",
          true,
          "its definition asks for files without copy-on-write");
  public static final Field<Boolean> STORAGE_DIRECT_BY_DEFAULT =
      flag(
          Scope.STORAGE,
          "directByDefault",
          true,
          "a disk without a cache setting is opened with O_DIRECT there");
  public static final Field<Boolean> STORAGE_CHECKSUMS =
      flag(
          Scope.STORAGE,
          "checksums",
          true,
          "this volume's data is checksummed by its file system, or by dm-integrity without"
              + " journal below");
  public static final Field<Boolean> STORAGE_COW =
      flag(Scope.STORAGE, "cow", true, "this file is copy-on-write");
  public static final Field<List<String>> STORAGE_PROFILES =
      list(
          Scope.STORAGE,
          "profiles",
          true,
          "data profiles: `single`, `dup`, `raid1`, `raid1c3`, `raid10`, `raid5`, …; ZFS:"
              + " `mirror`, `raidz1`");
  public static final Field<Boolean> STORAGE_REDUNDANT =
      flag(
          Scope.STORAGE,
          "redundant",
          true,
          "the file system keeps copies or parity: some data profile, mirror or raidz, `copies` or"
              + " `data_replicas` above 1");
  public static final Field<String> STORAGE_DIRECT_WRITES =
      text(
          Scope.STORAGE,
          "directWrites",
          true,
          "what an O_DIRECT write meets: `inPlace` (the writer's memory is used), `buffered`"
              + " (silently), `bounced` (copied first), `verified` (fails with EIO if the memory"
              + " changed), `refused` (the file cannot be opened so)");
  public static final Field<Boolean> STORAGE_ALWAYS_DIRECT =
      flag(
          Scope.STORAGE,
          "alwaysDirect",
          true,
          "ordinary aligned writes are treated as direct (ZFS `direct=always`)");
  public static final Field<Boolean> STORAGE_MIRRORED_BELOW =
      flag(
          Scope.STORAGE,
          "mirroredBelow",
          true,
          "MD with copies or parity, DRBD, dm mirror or raid, under the file system or the block"
              + " device");

  public static final Field<String> HOST_NAME =
      text(Scope.HOST, "name", false, "the host's name; empty when no host is named");
  public static final Field<String> HOST_KERNEL =
      text(Scope.HOST, "kernel", true, "its kernel's release, such as `6.8.12-4-pve`");
  public static final Field<String> HOST_ZFS =
      text(Scope.HOST, "zfs", true, "its OpenZFS version, such as `2.2.6`");

  private static final List<Field<?>> ALL = List.copyOf(BY_PATH.values());

  private final Scope scope;
  private final String name;
  private final String path;
  private final Type type;
  private final boolean canBeUnknown;
  private final String meaning;
  private final int index;

  private Field(Scope scope, String name, Type type, boolean canBeUnknown, String meaning) {
    this.scope = scope;
    this.name = name;
    this.path = scope.word() + "." + name;
    this.type = type;
    this.canBeUnknown = canBeUnknown;
    this.meaning = meaning;
    this.index = BY_PATH.size();
    BY_PATH.put(path, this);
  }

  private static Field<String> text(Scope scope, String name, boolean unknown, String meaning) {
    return new Field<>(scope, name, Type.STRING, unknown, meaning);
  }

  private static Field<Boolean> flag(Scope scope, String name, boolean unknown, String meaning) {
    return new Field<>(scope, name, Type.BOOLEAN, unknown, meaning);
  }

  private static Field<List<String>> list(
      Scope scope, String name, boolean unknown, String meaning) {
    return new Field<>(scope, name, Type.LIST, unknown, meaning);
  }

  /** Every field, in the model's order. */
  public static List<Field<?>> all() {
    return ALL;
  }

  public static Optional<Field<?>> byPath(String path) {
    return Optional.ofNullable(BY_PATH.get(path));
  }

  public static Iterable<String> paths() {
    return Collections.unmodifiableSet(BY_PATH.keySet());
  }

  public Scope scope() {
    return scope;
  }

  /** The name below its scope: {@code io.direct} of {@code volume.io.direct}. */
  public String name() {
    return name;
  }

  /** The name in CEL, messages, reports and changes: {@code volume.io.direct}. */
  public String path() {
    return path;
  }

  public Type type() {
    return type;
  }

  public boolean canBeUnknown() {
    return canBeUnknown;
  }

  public String meaning() {
    return meaning;
  }

  /** Position in {@link #all()}. */
  public int index() {
    return index;
  }

  @Override
  public String toString() {
    return path();
  }
}
