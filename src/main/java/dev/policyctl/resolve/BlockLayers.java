package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts.Layer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the block layers below a volume add: mirrors that can diverge, checksums of blocks. */
final class BlockLayers {
  /** Kinds that keep neither copies nor parity, although their family does. */
  private static final Set<String> SINGLE = Set.of("md-raid0", "md-linear", "dm-raid0");

  private final Site site;

  BlockLayers(Site site) {
    this.site = site;
  }

  /**
   * Value of {@code storage.mirroredBelow}.
   *
   * @param filesystem the effective one
   */
  Fact<Boolean> mirrored(Fact<String> filesystem) {
    String name = filesystem.ifKnown().orElse("");
    if (site.access().is("network") || FilesystemKinds.isNetwork(name)) {
      return Fact.known(false, "it is reached over the network: no mirror of this host is below");
    }
    if (name.equals("tmpfs")) {
      return Fact.known(false, "tmpfs lies in memory");
    }
    if (site.below().isPresent()) {
      return mirrored(site.below().get());
    }
    if (site.access().is("block") && isNetworkDevice(site.path().ifKnown().orElse(""))) {
      return Fact.known(false, "the block device is reached over the network");
    }
    return filesystem.flatMap(
        known ->
            Fact.unknown(
                site.missing(
                    Field.STORAGE_MIRRORED_BELOW,
                    "`below` in the host's facts decides: " + site.host().helpToProbe())));
  }

  private static Fact<Boolean> mirrored(List<Layer> layers) {
    for (Layer layer : layers) {
      if (keepsCopies(layer.kind())) {
        return Fact.known(true, "`" + layer.name() + "` (" + layer.kind() + ") lies below");
      }
    }
    return Fact.known(false, "no mirror lies below");
  }

  private static boolean keepsCopies(String kind) {
    boolean family =
        kind.startsWith("md-raid")
            || kind.startsWith("dm-raid")
            || kind.startsWith("dm-mirror")
            || kind.startsWith("drbd");
    return family && !SINGLE.contains(kind);
  }

  // Names that udev gives: ceph's 50-rbd.rules and ceph-rbdnamer; systemd's 60-persistent-storage
  // (ID_PATH of an iSCSI disk).
  private static boolean isNetworkDevice(String path) {
    return path.startsWith("/dev/rbd")
        || (path.startsWith("/dev/disk/by-path/") && path.contains("-iscsi-"));
  }

  /**
   * Whether the volume's data is checksummed, when this is what its file system does. dm-integrity
   * counts without a journal: with one it copies the data first.
   */
  Fact<Boolean> checksums(Fact<Boolean> ofFilesystem, boolean plain) {
    if (ofFilesystem.is(true)) {
      return ofFilesystem;
    }
    List<Layer> integrity =
        site.below().orElse(List.of()).stream()
            .filter(layer -> layer.kind().equals("dm-integrity"))
            .toList();
    Optional<Layer> direct =
        integrity.stream().filter(layer -> !layer.journal().orElse(true)).findFirst();
    if (direct.isPresent()) {
      return Fact.known(
          true, "`" + direct.get().name() + "` (dm-integrity without journal) lies below");
    }
    if (integrity.stream().anyMatch(layer -> layer.journal().isEmpty())) {
      return ofFilesystem.flatMap(
          no ->
              Fact.unknown(
                  site.missing(
                      Field.STORAGE_CHECKSUMS,
                      "`journal` of the dm-integrity below decides: "
                          + site.host().helpToProbe())));
    }
    return plain && site.below().isEmpty()
        ? ofFilesystem.because("what lies below is not known and taken to have none")
        : ofFilesystem;
  }
}
