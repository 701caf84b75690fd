package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Placement.Device;
import dev.policyctl.model.Placement.DeviceKind;
import java.util.Optional;

/**
 * What decides the storage's fields of every volume of one storage on one mount, of which nothing
 * is known in particular.
 *
 * @param mountPoint empty when there is no mount
 */
record SharedSite(
    String storageId,
    Fact<String> type,
    Fact<String> access,
    Fact<String> imageFormat,
    Fact<Boolean> nocowOption,
    Fact<String> filesystem,
    Optional<Device> device,
    String mountPoint,
    boolean hasPath,
    Optional<Missing> missingPath) {

  /** Whether nothing but the path distinguishes the volume from its neighbours. */
  static boolean isShared(Site site) {
    return !site.placement().storageId().isEmpty()
        && !site.zvol()
        && !is(site, DeviceKind.DATASET)
        && site.file().isEmpty()
        && site.directory().isEmpty()
        && (!site.access().is("block") || is(site, DeviceKind.VOLUME_GROUP));
  }

  private static boolean is(Site site, DeviceKind kind) {
    return site.placement().device().filter(it -> it.kind() == kind).isPresent();
  }

  static SharedSite of(Site site) {
    Placement placement = site.placement();
    return new SharedSite(
        placement.storageId(),
        placement.type(),
        placement.access(),
        placement.imageFormat(),
        placement.nocowOption(),
        placement.filesystem(),
        placement.device(),
        site.mount().map(Filesystem::mountPoint).orElse(""),
        site.path().ifKnown().filter(it -> !it.isEmpty()).isPresent(),
        site.path().whatIsMissing());
  }
}
