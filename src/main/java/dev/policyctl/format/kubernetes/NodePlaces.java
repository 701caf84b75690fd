package dev.policyctl.format.kubernetes;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.source.SourceText;
import java.util.Optional;

/** Places on the node itself, which a definition names without a driver. */
final class NodePlaces {
  private static final String DEVICES = "/dev/";

  /** Named as a class in the host's facts: no class can be called so, names are lower case. */
  private static final String EMPTY_DIR = "emptyDir";

  private NodePlaces() {}

  /**
   * A PersistentVolume of source {@code local} or {@code hostPath}.
   *
   * @param className empty where it has none
   */
  static Placement ofVolume(KubeObject volume, String className, boolean block, SourceText readIn) {
    String id = className.isEmpty() ? volume.name() : className;
    Fact<Boolean> nocow = DriverPlaces.nocow(volume.named(readIn), Origin.mountOptionsOf(volume));
    KubeNode local = volume.spec().get("local");
    KubeNode source = local.isPresent() ? local : volume.spec().get("hostPath");
    String path = source.get("path").text();
    if (path.isEmpty()) {
      Missing missing =
          new Missing(
              "storage.type",
              volume.name(),
              "policyctl does not know the source that the PersistentVolume names");
      Fact<String> access = Fact.known(block ? "block" : "file");
      return Backing.unknown(id, access, missing).placement();
    }
    Fact<String> type = Fact.known(local.isPresent() ? "local" : "hostPath");
    if (block) {
      return device(id, type, path, nocow);
    }
    String formatted = local.get("fsType").text();
    if (!path.startsWith(DEVICES)) {
      return directory(id, type, path, nocow, Fact.unknown(DriverPlaces.hostKnows(id)));
    }
    Fact<String> filesystem =
        formatted.isEmpty()
            ? Fact.unknown(
                new Missing(
                    "storage.filesystem", volume.name(), "say `fsType` beside the device's `path`"))
            : Fact.known(formatted, volume.named(readIn) + " asks for " + formatted);
    return directory(id, type, "", nocow, filesystem);
  }

  /** A {@code hostPath} of a pod. */
  static Placement ofHostPath(KubeNode hostPath) {
    String path = hostPath.get("path").text();
    boolean block = hostPath.get("type").text().equals("BlockDevice");
    return block
        ? device("", Fact.known(""), path, Fact.known(false))
        : directory(
            "",
            Fact.known(""),
            path,
            Fact.known(false),
            Fact.unknown(DriverPlaces.hostKnows(path)));
  }

  /** An image in a directory of the node, which KubeVirt makes where it is missing. */
  static Placement ofHostDisk(String path) {
    return place(
        "",
        Fact.known(""),
        "file",
        Fact.known(path),
        "raw",
        Fact.known(false),
        Fact.unknown(DriverPlaces.hostKnows(path)));
  }

  /** In kubelet's own directory. */
  static Placement ofEmptyDir(String imageFormat) {
    Missing missing =
        new Missing(
            "storage.path",
            EMPTY_DIR,
            "name kubelet's directory as `"
                + EMPTY_DIR
                + "` under `storageClasses` in the host's facts, usually `/var/lib/kubelet`");
    Placement place =
        place(
            EMPTY_DIR,
            Fact.known(EMPTY_DIR),
            "file",
            Fact.unknown(missing),
            imageFormat,
            Fact.known(false),
            Fact.unknown(missing));
    return new Placement(
        place.storageId(),
        place.type(),
        place.access(),
        place.path(),
        place.imageFormat(),
        place.nocowOption(),
        place.filesystem(),
        DriverPlaces.storageClass(EMPTY_DIR));
  }

  static Placement ofMemory() {
    return place(
        "",
        Fact.known(EMPTY_DIR),
        "file",
        Fact.known(""),
        DriverPlaces.DIRECTORY,
        Fact.known(false),
        Fact.known("tmpfs", "an `emptyDir` of medium Memory is tmpfs"));
  }

  private static Placement device(String id, Fact<String> type, String path, Fact<Boolean> nocow) {
    return place(
        id,
        type,
        "block",
        Fact.known(path),
        "raw",
        nocow,
        Fact.known("", "it is a raw block device"));
  }

  private static Placement directory(
      String id, Fact<String> type, String path, Fact<Boolean> nocow, Fact<String> filesystem) {
    return place(
        id,
        type,
        "file",
        path.isEmpty() ? DriverPlaces.mountedByKubelet() : Fact.known(path),
        DriverPlaces.DIRECTORY,
        nocow,
        filesystem);
  }

  private static Placement place(
      String id,
      Fact<String> type,
      String access,
      Fact<String> path,
      String imageFormat,
      Fact<Boolean> nocow,
      Fact<String> filesystem) {
    return new Placement(
        id,
        type,
        Fact.known(access),
        path,
        Fact.known(imageFormat),
        nocow,
        filesystem,
        Optional.empty());
  }
}
