package dev.policyctl.format.kubernetes;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Role;
import dev.policyctl.source.SourceText;
import java.util.List;
import java.util.Optional;

/**
 * What a KubeVirt volume is made from (pkg/virt-launcher/virtwrap/converter/storage/volume.go).
 *
 * @param name as the volume names it; empty when it names nothing that is known here
 * @param placement of the image or device
 * @param directory of the same volume when it is shared as it is, without an image
 * @param role empty where the disk's own device decides
 * @param backed an overlay over an image that must open with O_DIRECT, too
 */
record DiskSource(
    String name,
    Placement placement,
    Placement directory,
    Optional<String> host,
    Optional<Role> role,
    boolean readOnly,
    boolean transientWrites,
    boolean backed) {

  /** Small images that are made at start, from the definition or from cluster objects. */
  private static final List<String> GENERATED =
      List.of(
          "configMap",
          "secret",
          "downwardAPI",
          "serviceAccount",
          "downwardMetrics",
          "sysprep",
          "cloudInitNoCloud",
          "cloudInitConfigDrive");

  /**
   * @param dataVolumes the machine's own {@code dataVolumeTemplates}, by name
   */
  static DiskSource of(
      KubeNode volume,
      String namespace,
      Names<Claim> dataVolumes,
      ClaimJoin claims,
      SourceText readIn) {
    KubeNode claim = volume.get("persistentVolumeClaim");
    if (claim.isPresent()) {
      String name = claim.get("claimName").text();
      return ofBacking(
          "persistentVolumeClaim",
          claims.named(namespace, name, dataVolumes.find("", name), readIn),
          claim.get("readOnly").isTrue());
    }
    KubeNode dataVolume = volume.get("dataVolume");
    if (dataVolume.isPresent()) {
      String name = dataVolume.get("name").text();
      return ofBacking(
          "dataVolume", claims.named(namespace, name, dataVolumes.find("", name), readIn), false);
    }
    KubeNode hostDisk = volume.get("hostDisk");
    return hostDisk.isPresent()
        ? ofPlace("hostDisk", NodePlaces.ofHostDisk(hostDisk.get("path").text()))
        : ofPod(volume);
  }

  private static DiskSource ofBacking(String name, Backing backing, boolean readOnly) {
    return new DiskSource(
        name,
        backing.asDisk(),
        backing.placement(),
        backing.host(),
        Optional.empty(),
        readOnly,
        false,
        false);
  }

  private static DiskSource ofPlace(String name, Placement placement) {
    return new DiskSource(
        name, placement, placement, Optional.empty(), Optional.empty(), false, false, false);
  }

  /** What lies in directories of the launcher's pod and is gone with it. */
  private static DiskSource ofPod(KubeNode volume) {
    for (String name : List.of("containerDisk", "ephemeral")) {
      if (volume.get(name).isPresent()) {
        return inPod(name, "qcow2", Optional.empty(), true);
      }
    }
    for (String name : GENERATED) {
      if (volume.get(name).isPresent()) {
        return inPod(name, "raw", Optional.of(Role.CLOUDINIT), false);
      }
    }
    return volume.get("emptyDisk").isPresent()
        ? inPod("emptyDisk", "qcow2", Optional.empty(), false)
        : unknown(
            new Missing(
                "storage.type",
                volume.get("name").text(),
                "policyctl does not know what this volume is made from"));
  }

  static DiskSource unknown(Missing missing) {
    return ofPlace("", Backing.unknown("", Fact.unknown(missing), missing).placement());
  }

  private static DiskSource inPod(
      String name, String imageFormat, Optional<Role> role, boolean backed) {
    return new DiskSource(
        name,
        NodePlaces.ofEmptyDir(imageFormat),
        NodePlaces.ofEmptyDir(DriverPlaces.DIRECTORY),
        Optional.empty(),
        role,
        false,
        true,
        backed);
  }
}
