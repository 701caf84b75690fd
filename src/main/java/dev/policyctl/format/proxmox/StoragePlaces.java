package dev.policyctl.format.proxmox;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Placement.Device;
import dev.policyctl.model.Placement.DeviceKind;
import dev.policyctl.model.StorageDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The places of one storage (pve-storage 9.1.7, src/PVE/Storage/*Plugin.pm, path and
 * filesystem_path).
 */
final class StoragePlaces {
  /** Where these types are mounted when nothing is said. */
  private static final Set<StorageType> MOUNTED_BY_PROXMOX =
      Set.of(StorageType.NFS, StorageType.CIFS, StorageType.CEPHFS);

  private static final Map<StorageType, String> FILESYSTEMS =
      Map.of(
          StorageType.BTRFS, "btrfs",
          StorageType.ZFSPOOL, "zfs",
          StorageType.NFS, "nfs",
          StorageType.CIFS, "cifs",
          StorageType.CEPHFS, "ceph");

  private final StorageDefinition storage;
  private final StorageType type;

  StoragePlaces(StorageDefinition storage, StorageType type) {
    this.storage = storage;
    this.type = type;
  }

  /**
   * @param name the part of the volume id after the storage
   * @param container for containers a Ceph image is always mapped to a device
   */
  Placement volume(String name, boolean container) {
    return switch (type.layout()) {
      case DIRECTORY -> inDirectory(name);
      case ZFS -> inPool(VolumeName.ofDevice(name));
      case LVM -> logicalVolume(VolumeName.ofDevice(name));
      case RBD -> rbdImage(VolumeName.ofDevice(name), container);
      case ISCSI -> block(iscsiPath(name), Optional.empty());
      case NETWORK -> network();
    };
  }

  /** Where the storage's next disk will be made. */
  Placement nextImage() {
    Placement place =
        switch (type.layout()) {
          case DIRECTORY ->
              placement(
                  "file",
                  directory().map(StoragePlaces::orRoot),
                  Fact.known("raw"),
                  Optional.empty());
          case ZFS -> pool();
          case LVM -> block(Fact.known("/dev/" + storage.option("vgname")), volumeGroup());
          case RBD -> byLibrbd(false) ? network() : block(Fact.known(""), Optional.empty());
          case ISCSI -> block(Fact.known(""), Optional.empty());
          case NETWORK -> network();
        };
    return type.holdsImages(storage) ? place : withoutImages(place);
  }

  private static Placement withoutImages(Placement place) {
    return new Placement(
        place.storageId(),
        place.type(),
        place.access(),
        place.path(),
        Fact.known("", "its `content` has no `images`"),
        place.nocowOption(),
        place.filesystem(),
        place.device());
  }

  private Placement inDirectory(String name) {
    Optional<VolumeName.OfDirectory> parsed = VolumeName.OfDirectory.parse(name);
    if (parsed.isEmpty()) {
      Missing missing =
          new Missing(
              "storage.path",
              storage.id() + ":" + name,
              "a volume of a `" + type.word() + "` storage is named as in `100/vm-100-disk-0.raw`");
      return placement("file", Fact.unknown(missing), Fact.unknown(missing), Optional.empty());
    }
    VolumeName.OfDirectory volume = parsed.get();
    Fact<String> path = directory().map(root -> root + "/" + folder(volume) + "/" + fileOf(volume));
    return placement("file", path, Fact.known(volume.format()), Optional.empty());
  }

  /** A raw image on btrfs is {@code disk.raw} in a subvolume of its own (BTRFSPlugin.pm). */
  private String fileOf(VolumeName.OfDirectory volume) {
    boolean inSubvolume =
        type == StorageType.BTRFS
            && volume.content().equals("images")
            && volume.format().equals("raw");
    String file = volume.file();
    return inSubvolume ? file.substring(0, file.length() - ".raw".length()) + "/disk.raw" : file;
  }

  private String folder(VolumeName.OfDirectory volume) {
    if (type != StorageType.BTRFS) { // It has no such property.
      String prefix = volume.content() + "=";
      for (String setting : ProxmoxStorages.list(storage.option("content-dirs"))) {
        if (setting.startsWith(prefix)) {
          return setting.substring(prefix.length());
        }
      }
    }
    return volume.folder();
  }

  private Fact<String> directory() {
    String path = storage.option("path");
    if (path.isEmpty() && MOUNTED_BY_PROXMOX.contains(type)) {
      return Fact.known("/mnt/pve/" + storage.id());
    }
    return path.isEmpty() ? lacking("path") : Fact.known(withoutSlash(path));
  }

  private Placement inPool(String name) {
    Fact<String> pool = required("pool");
    if (!VolumeName.isSubvolume(name)) {
      return block(pool.map(p -> "/dev/zvol/" + p + "/" + name), zfs(DeviceKind.ZVOL, "/" + name));
    }
    return placement(
        "file",
        mountPoint().map(mounted -> mounted + "/" + name),
        Fact.known(VolumeName.SUBVOL),
        zfs(DeviceKind.DATASET, "/" + name));
  }

  private Placement pool() {
    return type.holdsImages(storage)
        ? block(required("pool").map(p -> "/dev/zvol/" + p), zfs(DeviceKind.ZVOL, ""))
        : placement(
            "file",
            mountPoint().map(StoragePlaces::orRoot),
            Fact.known(VolumeName.SUBVOL),
            zfs(DeviceKind.DATASET, ""));
  }

  private Fact<String> mountPoint() {
    String declared = storage.option("mountpoint");
    return declared.isEmpty()
        ? required("pool").map(pool -> "/" + pool)
        : Fact.known(withoutSlash(declared));
  }

  private Optional<Device> zfs(DeviceKind kind, String below) {
    String pool = storage.option("pool");
    return pool.isEmpty() ? Optional.empty() : Optional.of(new Device(kind, pool + below));
  }

  private Placement logicalVolume(String name) {
    String format = VolumeName.byExtension(name).orElse("raw");
    return placement(
        "block",
        required("vgname").map(group -> "/dev/" + group + "/" + name),
        Fact.known(format),
        volumeGroup());
  }

  private Optional<Device> volumeGroup() {
    String group = storage.option("vgname");
    return group.isEmpty()
        ? Optional.empty()
        : Optional.of(new Device(DeviceKind.VOLUME_GROUP, group));
  }

  private Placement rbdImage(String name, boolean container) {
    if (byLibrbd(container)) {
      return network();
    }
    String pool = storage.option("pool").isEmpty() ? "rbd" : storage.option("pool");
    String namespace = storage.option("namespace");
    String image = namespace.isEmpty() ? pool + "/" + name : pool + "/" + namespace + "/" + name;
    String cluster = storage.option("fsid");
    return block(
        Fact.known(
            cluster.isEmpty() ? "/dev/rbd/" + image : "/dev/rbd-pve/" + cluster + "/" + image),
        Optional.empty());
  }

  /** Whether librbd opens the images, without a device on the host. */
  private boolean byLibrbd(boolean container) {
    return !container && !ProxmoxStorages.isSet(storage, "krbd");
  }

  // Names are CHANNEL.ID.LUN.DISK (ISCSIPlugin.pm, parse_volname).
  private Fact<String> iscsiPath(String name) {
    int at = -1;
    for (int dots = 0; dots < 3; dots++) {
      at = name.indexOf('.', at + 1);
      if (at < 0) {
        return Fact.unknown(
            new Missing(
                "storage.path",
                storage.id() + ":" + name,
                "a volume of an `iscsi` storage is named as in `0.0.1.scsi-3600…`"));
      }
    }
    return Fact.known("/dev/disk/by-id/" + name.substring(at + 1));
  }

  private Placement network() {
    return placement("network", Fact.known(""), Fact.known("raw"), Optional.empty());
  }

  private Placement block(Fact<String> path, Optional<Device> device) {
    return placement("block", path, Fact.known("raw"), device);
  }

  private Placement placement(
      String access, Fact<String> path, Fact<String> imageFormat, Optional<Device> device) {
    return new Placement(
        storage.id(),
        Fact.known(type.word()),
        Fact.known(access),
        path,
        imageFormat,
        nocow(storage),
        filesystem(),
        device);
  }

  /** Only type {@code btrfs} has the option; for every other type it is not set. */
  static Fact<Boolean> nocow(StorageDefinition storage) {
    boolean asked =
        storage.type().equals(StorageType.BTRFS.word()) && ProxmoxStorages.isSet(storage, "nocow");
    return asked
        ? Fact.known(true, "storage `" + storage.id() + "` has `nocow 1`")
        : Fact.known(false);
  }

  private Fact<String> filesystem() {
    if (type == StorageType.DIR) {
      return Fact.unknown(hostKnows(storage.id()));
    }
    String implied = FILESYSTEMS.getOrDefault(type, "");
    if (type == StorageType.CEPHFS && ProxmoxStorages.isSet(storage, "fuse")) {
      implied = "fuse.ceph";
    }
    return implied.isEmpty()
        ? Fact.known("")
        : Fact.known(implied, "storage `" + storage.id() + "` is of type `" + type.word() + "`");
  }

  /** The file system below a path, which no definition tells. */
  static Missing hostKnows(String of) {
    return new Missing(
        "storage.filesystem",
        of,
        "run `policyctl probe` on the host and pass its output with `--facts`");
  }

  private Fact<String> required(String option) {
    String value = storage.option(option);
    return value.isEmpty() ? lacking(option) : Fact.known(value);
  }

  private Fact<String> lacking(String option) {
    return Fact.unknown(
        new Missing("storage.path", storage.id(), "add `" + option + "` to its definition"));
  }

  private static String orRoot(String path) {
    return path.isEmpty() ? "/" : path;
  }

  // Of the root directory nothing remains: what is appended begins with a slash.
  private static String withoutSlash(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
