package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.model.HostFacts.Layer;
import dev.policyctl.model.HostFacts.VolumeGroup;
import dev.policyctl.model.HostFacts.Zfs;
import dev.policyctl.model.HostFacts.ZfsPool;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Placement.Device;
import dev.policyctl.model.Placement.DeviceKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds what of a host's inventory lies at the place that a definition names. */
final class SiteFinder {
  private static final String ZVOL_LINKS = "/dev/zvol/";

  /** The kernel's own names of ZFS volumes; they do not tell which. */
  private static final String ZVOL_NODES = "/dev/zd";

  private final Host host;
  private final HostIndex index;

  SiteFinder(Host host, HostFacts facts) {
    this.host = host;
    this.index = new HostIndex(facts);
  }

  /**
   * @param definedOptions with which the storage's definition mounts it
   */
  Site find(Placement placement, boolean unmade, List<String> definedOptions) {
    Fact<String> path = path(placement);
    Fact<String> access = access(placement, path);
    String place = path.ifKnown().map(HostIndex::normalized).orElse("");
    boolean zvol = isZvol(placement, access, place);
    Optional<String> device = dataset(placement, zvol, place);
    Optional<Filesystem> mount = mount(placement, access, place, device);
    Optional<String> dataset = device.or(() -> mount.flatMap(HostIndex::datasetOf));
    Optional<ZfsPool> pool = dataset.flatMap(index::poolOf);
    Optional<HostFile> listed = index.file(place);
    return new Site(
        placement,
        unmade,
        host,
        access,
        path,
        mount,
        listed.filter(it -> !unmade && !isDirectory(it)),
        listed
            .filter(it -> unmade || isDirectory(it))
            .or(() -> listed.isEmpty() ? directoryOf(place) : Optional.empty()),
        zvol,
        mount.isPresent() ? properties(mount.get()) : device.flatMap(index::dataset),
        pool,
        below(placement, mount, pool),
        mount.map(it -> it.options().orElse(List.of())).orElse(definedOptions));
  }

  private Fact<String> path(Placement placement) {
    Optional<Fact<String>> ofClass =
        device(placement, DeviceKind.STORAGE_CLASS)
            .filter(name -> placement.path().ifKnown().orElse("").isEmpty())
            .flatMap(
                name ->
                    index
                        .pathOfStorageClass(name)
                        .map(
                            path ->
                                Fact.known(
                                    path, "`" + name + "` makes its volumes in `" + path + "`")));
    return ofClass.orElse(placement.path());
  }

  private static Fact<String> access(Placement placement, Fact<String> path) {
    boolean pathIsOfClass = path != placement.path();
    return pathIsOfClass && !placement.access().isKnown()
        ? Fact.known("file", path.because().toArray(String[]::new))
        : placement.access();
  }

  private static boolean isZvol(Placement placement, Fact<String> access, String place) {
    boolean node = place.startsWith(ZVOL_LINKS) || place.startsWith(ZVOL_NODES);
    return device(placement, DeviceKind.ZVOL).isPresent() || (!access.is("network") && node);
  }

  private static Optional<String> dataset(Placement placement, boolean zvol, String place) {
    return device(placement, DeviceKind.ZVOL)
        .or(() -> device(placement, DeviceKind.DATASET))
        .or(
            () ->
                zvol && place.startsWith(ZVOL_LINKS)
                    ? Optional.of(place.substring(ZVOL_LINKS.length()))
                    : Optional.empty());
  }

  private Optional<Filesystem> mount(
      Placement placement, Fact<String> access, String place, Optional<String> dataset) {
    if (access.is("block") || access.is("network")) {
      return Optional.empty();
    }
    if (device(placement, DeviceKind.DATASET).isPresent()) {
      return dataset
          .flatMap(index::mountOfDataset)
          .or(() -> index.mountOf(place).filter(it -> it.type().equals("zfs")));
    }
    boolean perhapsDevice = !access.isKnown() && place.startsWith("/dev/");
    return perhapsDevice ? Optional.empty() : index.mountOf(place);
  }

  /** What the mount says of its dataset, completed by what the pool's list says. */
  private Optional<Zfs> properties(Filesystem mount) {
    Optional<Zfs> listed = HostIndex.datasetOf(mount).flatMap(index::listedDataset);
    return mount.zfs().map(own -> listed.map(it -> merged(own, it)).orElse(own)).or(() -> listed);
  }

  private static Zfs merged(Zfs first, Zfs second) {
    OptionalInt copies = first.copies().isPresent() ? first.copies() : second.copies();
    return new Zfs(
        first.dataset(),
        first.checksum().or(second::checksum),
        first.direct().or(second::direct),
        first.redundancy().or(second::redundancy),
        copies,
        first.verify().or(second::verify));
  }

  private Optional<List<Layer>> below(
      Placement placement, Optional<Filesystem> mount, Optional<ZfsPool> pool) {
    return mount
        .flatMap(Filesystem::below)
        .or(() -> pool.flatMap(ZfsPool::below))
        .or(
            () ->
                device(placement, DeviceKind.VOLUME_GROUP)
                    .flatMap(index::volumeGroup)
                    .flatMap(VolumeGroup::below));
  }

  private Optional<HostFile> directoryOf(String place) {
    return index.file(HostIndex.parent(place)).filter(SiteFinder::isDirectory);
  }

  private static boolean isDirectory(HostFile file) {
    return file.directory().orElse(false);
  }

  private static Optional<String> device(Placement placement, DeviceKind kind) {
    return placement.device().filter(it -> it.kind() == kind).map(Device::name);
  }
}
