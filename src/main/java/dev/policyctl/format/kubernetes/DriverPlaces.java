package dev.policyctl.format.kubernetes;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Placement.Device;
import dev.policyctl.model.Placement.DeviceKind;
import java.util.List;
import java.util.Optional;

/** Where the volumes of a driver lie. */
final class DriverPlaces {
  static final String NODATACOW = "nodatacow";

  /** The name in the model of a directory that is handed through as it is. */
  static final String DIRECTORY = "directory";

  private DriverPlaces() {}

  static Placement of(Origin origin, boolean block) {
    if (block) {
      return block(origin);
    }
    String share = origin.driver().shareIn(origin.parameters());
    String asked = origin.wantedFilesystem();
    if (!share.isEmpty()) {
      Fact<String> known =
          Fact.known(share, "volumes of `" + origin.driver().name() + "` are " + share);
      return files(origin, mountedByKubelet(), known, Optional.empty());
    }
    if (!asked.isEmpty()) {
      Fact<String> known = Fact.known(asked, origin.named() + " asks for " + asked);
      return files(origin, mountedByKubelet(), known, datasetOrGroup(origin, asked));
    }
    return origin.driver().volumes() == Driver.Volumes.DEVICE
        ? files(origin, mountedByKubelet(), askNothing(origin), volumeGroup(origin))
        : directory(origin);
  }

  private static Placement block(Origin origin) {
    boolean zvol = !pool(origin).isEmpty();
    Fact<String> filesystem =
        zvol
            ? Fact.known("zfs", "it is a volume of the ZFS pool `" + pool(origin) + "`")
            : Fact.known("", "it is a raw block device");
    return new Placement(
        origin.storageId(),
        Fact.known(origin.driver().name()),
        Fact.known("block"),
        Fact.known(""),
        Fact.known("raw"),
        Fact.known(false, "nothing is mounted: a raw block device is handed through"),
        filesystem,
        zvol
            ? Optional.of(new Device(DeviceKind.ZVOL, pool(origin) + below(origin)))
            : volumeGroup(origin));
  }

  private static Placement files(
      Origin origin, Fact<String> path, Fact<String> filesystem, Optional<Device> device) {
    return new Placement(
        origin.storageId(),
        Fact.known(origin.driver().name()),
        Fact.known("file"),
        path,
        Fact.known(DIRECTORY),
        nocow(origin.named(), origin.mountOptions()),
        filesystem,
        device.or(() -> storageClass(origin.className())));
  }

  /** A directory of the node: which one, the class says or the host's facts. */
  private static Placement directory(Origin origin) {
    String path = origin.driver().first(origin.driver().path(), origin.parameters());
    String id = origin.storageId();
    Missing missingPath = missingPath(id, origin.driver());
    return files(
        origin,
        path.isEmpty()
            ? Fact.unknown(missingPath)
            : Fact.known(path, origin.named() + " makes its volumes there"),
        Fact.unknown(path.isEmpty() ? missingPath : hostKnows(id)),
        Optional.empty());
  }

  private static Missing missingPath(String storageId, Driver driver) {
    String unknown =
        driver.volumes() == Driver.Volumes.UNKNOWN
            ? "policyctl does not know where `" + driver.name() + "` keeps its volumes: "
            : "";
    return new Missing(
        "storage.path",
        storageId,
        unknown + "name its directory under `storageClasses` in the host's facts");
  }

  private static Fact<String> askNothing(Origin origin) {
    return Fact.unknown(
        new Missing(
            "storage.filesystem",
            origin.storageId(),
            "say `csi.storage.k8s.io/fstype` in the parameters of the StorageClass: without it"
                + " the driver's controller decides"));
  }

  /** Where kubelet mounts a volume is a matter of the pod that uses it. */
  static Fact<String> mountedByKubelet() {
    return Fact.known("", "kubelet mounts it at a path of its own");
  }

  static Missing hostKnows(String of) {
    return new Missing(
        "storage.filesystem",
        of,
        "run `policyctl probe` on the host and pass its output with `--facts`");
  }

  /**
   * @param name empty where there is no class
   */
  static Optional<Device> storageClass(String name) {
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Device(DeviceKind.STORAGE_CLASS, name));
  }

  private static Optional<Device> datasetOrGroup(Origin origin, String filesystem) {
    return filesystem.equals("zfs") && !pool(origin).isEmpty()
        ? Optional.of(new Device(DeviceKind.DATASET, pool(origin) + below(origin)))
        : volumeGroup(origin);
  }

  /** What is not made yet will inherit what its pool or dataset has. */
  private static String below(Origin origin) {
    return origin.handle().isEmpty() ? "" : "/" + origin.handle();
  }

  private static Optional<Device> volumeGroup(Origin origin) {
    String group = origin.driver().first(origin.driver().volumeGroup(), origin.parameters());
    return group.isEmpty()
        ? Optional.empty()
        : Optional.of(new Device(DeviceKind.VOLUME_GROUP, group));
  }

  private static String pool(Origin origin) {
    return origin.driver().first(origin.driver().pool(), origin.parameters());
  }

  static Fact<Boolean> nocow(String named, List<String> mountOptions) {
    return mountOptions.contains(NODATACOW)
        ? Fact.known(true, "`" + NODATACOW + "` is among the mount options of " + named)
        : Fact.known(false);
  }
}
