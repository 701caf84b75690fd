package dev.policyctl.format.libvirt;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Placement.Device;
import dev.policyctl.model.Placement.DeviceKind;
import dev.policyctl.model.StorageDefinition;
import java.util.Optional;

/** Places in a storage pool; rules of libvirt's storage backends (src/storage, 9.0 and 11.3). */
final class PoolPlacement {
  private PoolPlacement() {}

  /** Where the pool's next volume will be made. */
  static Placement ofPool(StorageDefinition pool) {
    return place(pool, "", Fact.known("raw"));
  }

  static Placement ofVolumeIn(StorageDefinition pool, String volume, Fact<String> imageFormat) {
    return place(pool, volume, imageFormat);
  }

  /** A volume's own definition; it does not say which pool it is for. */
  static Placement ofVolume(StorageDefinition volume) {
    String path = volume.option(PoolOption.PATH);
    String format = volume.option(PoolOption.FORMAT);
    boolean block = volume.type().equals("block");
    boolean network = volume.type().equals("network") || volume.type().equals("netdir");
    Fact<String> known =
        path.isEmpty()
            ? Fact.unknown(
                missingPath(volume.id(), "put the volume's `<path>` into its `<target>`"))
            : Fact.known(path);
    return new Placement(
        volume.id(),
        Fact.known(volume.type()),
        Fact.known(block ? "block" : network ? "network" : "file"),
        known,
        Fact.known(format.isEmpty() ? "raw" : format),
        Fact.known(volume.option(PoolOption.NOCOW).equals("true")),
        block || network ? Fact.known("") : SourcePlacement.filesystemOfHost(volume.id()),
        Optional.empty());
  }

  private static Placement place(StorageDefinition pool, String volume, Fact<String> imageFormat) {
    Optional<PoolType> known = PoolType.of(pool.type());
    if (known.isEmpty()) {
      String help = "libvirt has no pools of type `" + pool.type() + "`";
      return SourcePlacement.unknown(pool.id(), new Missing("storage.type", pool.id(), help));
    }
    PoolType type = known.get();
    return new Placement(
        pool.id(),
        Fact.known(pool.type()),
        Fact.known(type.access()),
        path(pool, type, volume),
        imageFormat,
        nocow(pool),
        filesystem(pool, type),
        device(pool, type, volume));
  }

  private static Fact<String> path(StorageDefinition pool, PoolType type, String volume) {
    String below = volume.isEmpty() ? "" : "/" + volume;
    return switch (type) {
      case DIR, FS, NETFS, VSTORAGE ->
          pool.option(PoolOption.PATH).isEmpty()
              ? Fact.unknown(missingPath(pool.id(), "give the pool a `<target>` with a `<path>`"))
              : Fact.known(withoutSlash(pool.option(PoolOption.PATH)) + below);
      case LOGICAL -> Fact.known("/dev/" + sourceName(pool) + below);
      case ZFS -> Fact.known("/dev/zvol/" + sourceName(pool) + below);
      case DISK, MPATH -> Fact.known(withoutSlash(pool.option(PoolOption.PATH)) + below);
      // The names of such volumes, `unit:0:0:1`, are not those of their device nodes.
      case ISCSI, SCSI ->
          Fact.unknown(
              missingPath(pool.id(), "see `virsh vol-path`: the device's name is given at start"));
      case ISCSI_DIRECT, RBD, SHEEPDOG, GLUSTER -> Fact.known("");
    };
  }

  private static Fact<String> filesystem(StorageDefinition pool, PoolType type) {
    String format = pool.option(PoolOption.SOURCE_FORMAT);
    return switch (type) {
      case DIR, VSTORAGE -> SourcePlacement.filesystemOfHost(pool.id());
      case FS ->
          format.isEmpty() || format.equals("auto")
              ? SourcePlacement.filesystemOfHost(pool.id())
              : Fact.known(format, "pool `" + pool.id() + "` is mounted as " + format);
      // virStorageBackendFileSystemMountCmd: `auto` is mounted as NFS is.
      case NETFS -> {
        String mounted = format.isEmpty() || format.equals("auto") ? "nfs" : format;
        yield Fact.known(
            mounted.equals("glusterfs") ? "fuse.glusterfs" : mounted,
            "pool `" + pool.id() + "` is mounted as " + mounted);
      }
      case ZFS -> Fact.known("zfs", "volumes of a `zfs` pool are ZFS volumes");
      default -> Fact.known("", "pool `" + pool.id() + "` is of type `" + type.word() + "`");
    };
  }

  private static Fact<Boolean> nocow(StorageDefinition pool) {
    if (!PoolType.hasCowFeature(pool.type())) {
      return Fact.known(false);
    }
    return switch (pool.option(PoolOption.COW)) {
      case "no" -> Fact.known(true, "`<cow state='no'/>` sets +C on the pool's directory");
      case "yes" -> Fact.known(false, "`<cow state='yes'/>` keeps the pool's directory without +C");
      default ->
          Fact.unknown(
              new Missing(
                  "storage.filesystem",
                  pool.id(),
                  "say `<cow state='yes'/>` or `<cow state='no'/>` in the pool's `<features>`, or"
                      + " run `policyctl probe` on the host and pass its output with `--facts`"));
    };
  }

  private static Optional<Device> device(StorageDefinition pool, PoolType type, String volume) {
    return switch (type) {
      case LOGICAL -> Optional.of(new Device(DeviceKind.VOLUME_GROUP, sourceName(pool)));
      case ZFS -> {
        String below = volume.isEmpty() ? "" : "/" + volume;
        yield Optional.of(new Device(DeviceKind.ZVOL, sourceName(pool) + below));
      }
      default -> Optional.empty();
    };
  }

  private static String sourceName(StorageDefinition pool) {
    String name = pool.option(PoolOption.SOURCE_NAME);
    return name.isEmpty() ? pool.id() : name;
  }

  private static String withoutSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static Missing missingPath(String of, String help) {
    return new Missing("storage.path", of, help);
  }
}
