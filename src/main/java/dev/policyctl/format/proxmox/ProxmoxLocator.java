package dev.policyctl.format.proxmox;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Placement.Device;
import dev.policyctl.model.Placement.DeviceKind;
import dev.policyctl.model.Role;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.model.VolumeLocator;
import java.util.Optional;

/** From a Proxmox volume id and {@code storage.cfg} to the place on the host. */
public final class ProxmoxLocator implements VolumeLocator {
  /** The image format of a directory that is handed through as it is. */
  static final String DIRECTORY = "directory";

  private static final String DEVICES = "/dev/";
  private static final String ZVOLS = "/dev/zvol/";

  @Override
  public Placement locate(DeclaredGuest guest, DeclaredVolume volume, StorageCatalog storages) {
    if (volume.role() == Role.FILESYSTEM) {
      return sharedDirectory(volume.option("dirid"));
    }
    boolean container = ProxmoxOpenRule.isContainer(guest);
    String named = container ? volume.option("volume") : fileOf(volume);
    if (named.equals("none")) {
      return bare(Fact.known("", "no medium"), Fact.known(""), Fact.known(""), Fact.known(""));
    }
    if (named.equals("cdrom")) {
      return device("/dev/cdrom", Fact.known("raw"));
    }
    if (named.startsWith("nbd:")) {
      return bare(Fact.known("network"), Fact.known(""), declared(volume), Fact.known(""));
    }
    if (named.startsWith("/")) {
      return container ? containerPath(named) : diskPath(named, declared(volume));
    }
    return ofStorage(named, storages, container);
  }

  // Both names of the default key are taken (qemu-server, Drive.pm, drivedesc_base).
  private static String fileOf(DeclaredVolume volume) {
    String file = volume.option("file");
    return file.isEmpty() ? volume.option("volume") : file;
  }

  @Override
  public Placement locate(StorageDefinition storage) {
    return StorageType.of(storage.type())
        .map(type -> new StoragePlaces(storage, type).nextImage())
        .orElseGet(() -> ofUnknownType(storage, Optional.empty()));
  }

  private static Placement ofStorage(String named, StorageCatalog storages, boolean container) {
    Optional<VolumeId> parsed = VolumeId.parse(named);
    if (parsed.isEmpty()) {
      Missing missing =
          new Missing(
              "storage.type", named, "name the volume as `STORAGE:VOLUME` or by an absolute path");
      return unknown("", Fact.unknown(missing), missing, Optional.empty(), Fact.unknown(missing));
    }
    VolumeId id = parsed.get();
    Optional<String> format = formatByName(id.name());
    Optional<StorageDefinition> storage = storages.find(id.storage());
    if (storage.isEmpty()) {
      Missing missing = new Missing("storage.type", id.storage(), howToDefine(storages));
      return unknown(id.storage(), Fact.unknown(missing), missing, format, Fact.unknown(missing));
    }
    return StorageType.of(storage.get().type())
        .map(type -> new StoragePlaces(storage.get(), type).volume(id.name(), container))
        .orElseGet(() -> ofUnknownType(storage.get(), format));
  }

  private static String howToDefine(StorageCatalog storages) {
    return storages.isGiven()
        ? "it is not defined in `" + storages.source() + "`: define it there, or correct its name"
        : "pass the cluster's `storage.cfg` with `--storage-cfg`";
  }

  /** What a name tells without its storage: the extension, or the prefix of a subvolume. */
  private static Optional<String> formatByName(String name) {
    String last = VolumeName.ofDevice(name);
    Optional<String> byExtension = VolumeName.byExtension(last);
    return byExtension.isEmpty() && VolumeName.isSubvolume(last)
        ? Optional.of(VolumeName.SUBVOL)
        : byExtension;
  }

  private static Placement ofUnknownType(StorageDefinition storage, Optional<String> format) {
    Missing missing =
        new Missing(
            "storage.access",
            storage.id(),
            "policyctl does not know where storages of type `"
                + storage.type()
                + "` keep their volumes");
    return unknown(
        storage.id(), Fact.known(storage.type()), missing, format, StoragePlaces.nocow(storage));
  }

  private static Placement unknown(
      String storageId,
      Fact<String> type,
      Missing missing,
      Optional<String> format,
      Fact<Boolean> nocow) {
    return new Placement(
        storageId,
        type,
        Fact.unknown(missing),
        Fact.unknown(missing),
        format.map(name -> Fact.known(name)).orElseGet(() -> Fact.unknown(missing)),
        nocow,
        Fact.unknown(missing),
        Optional.empty());
  }

  /** What virtiofs shares: a directory of the host that a cluster-wide mapping names. */
  private static Placement sharedDirectory(String mapping) {
    Missing missing =
        new Missing(
            "storage.path",
            mapping,
            "its directory stands in `/etc/pve/mapping/directory.cfg`, which is not read");
    return bare(
        Fact.known("file"), Fact.unknown(missing), Fact.known(DIRECTORY), Fact.unknown(missing));
  }

  private static Placement containerPath(String path) {
    return path.startsWith(DEVICES)
        ? device(path, Fact.known("raw"))
        : file(path, Fact.known(DIRECTORY));
  }

  private static Placement diskPath(String path, Fact<String> format) {
    return path.startsWith(DEVICES) ? device(path, format) : file(path, format);
  }

  // An absolute path is raw unless `format` says otherwise (qemu-server 9.2.6, Blockdev.pm).
  private static Fact<String> declared(DeclaredVolume volume) {
    String format = volume.option("format");
    return Fact.known(format.isEmpty() ? "raw" : format);
  }

  private static Placement file(String path, Fact<String> format) {
    return bare(
        Fact.known("file"), Fact.known(path), format, Fact.unknown(StoragePlaces.hostKnows(path)));
  }

  private static Placement device(String path, Fact<String> format) {
    if (!path.startsWith(ZVOLS)) {
      return bare(Fact.known("block"), Fact.known(path), format, Fact.known(""));
    }
    return bare(
        Fact.known("block"),
        Fact.known(path),
        format,
        Fact.known("zfs", "`" + path + "` is a ZFS volume"),
        Optional.of(new Device(DeviceKind.ZVOL, path.substring(ZVOLS.length()))));
  }

  private static Placement bare(
      Fact<String> access, Fact<String> path, Fact<String> format, Fact<String> filesystem) {
    return bare(access, path, format, filesystem, Optional.empty());
  }

  private static Placement bare(
      Fact<String> access,
      Fact<String> path,
      Fact<String> format,
      Fact<String> filesystem,
      Optional<Device> device) {
    return new Placement(
        "", Fact.known(""), access, path, format, Fact.known(false), filesystem, device);
  }
}
