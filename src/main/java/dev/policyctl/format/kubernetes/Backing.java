package dev.policyctl.format.kubernetes;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import java.util.Optional;

/**
 * What stands behind a claim.
 *
 * @param placement of the volume's root, or of its device
 * @param host the node that a PersistentVolume is tied to
 * @param volume the PersistentVolume, when it is among the objects
 */
record Backing(Placement placement, Optional<String> host, Optional<KubeObject> volume) {

  static Backing of(Placement placement) {
    return new Backing(placement, Optional.empty(), Optional.empty());
  }

  boolean isBlock() {
    return placement.access().is("block");
  }

  /** Nothing is known of it but what {@code access} says. */
  static Backing unknown(String storageId, Fact<String> access, Missing missing) {
    return of(
        new Placement(
            storageId,
            Fact.unknown(missing),
            access,
            Fact.unknown(missing),
            access.map(it -> it.equals("block") ? "raw" : DriverPlaces.DIRECTORY),
            Fact.unknown(missing),
            Fact.unknown(missing),
            DriverPlaces.storageClass(storageId)));
  }

  /** With a raw image in it, when it is made of files, as a machine's disk has. */
  Placement asDisk() {
    Fact<String> path =
        placement.path().map(it -> it.isEmpty() || !isRoot() ? it : it + "/disk.img");
    return with(isBlock() ? placement.path() : path, Fact.known("raw"));
  }

  /** Whether the path is the volume's own, instead of the directory where its class makes them. */
  private boolean isRoot() {
    return volume.isPresent();
  }

  private Placement with(Fact<String> path, Fact<String> imageFormat) {
    return new Placement(
        placement.storageId(),
        placement.type(),
        placement.access(),
        path,
        imageFormat,
        placement.nocowOption(),
        placement.filesystem(),
        placement.device());
  }
}
