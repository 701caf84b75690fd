package dev.policyctl.format.libvirt;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.model.VolumeLocator;
import java.util.Optional;

/**
 * From a disk's source to the place on the host; {@code type='volume'} through the definitions of
 * pools.
 */
public final class LibvirtLocator implements VolumeLocator {

  @Override
  public Placement locate(DeclaredGuest guest, DeclaredVolume volume, StorageCatalog storages) {
    if (!volume.attached()) {
      return SourcePlacement.empty();
    }
    String source = volume.option(OptionName.SOURCE);
    String format = volume.option(OptionName.FORMAT);
    // libvirt does not probe: an image without a format is raw.
    Fact<String> imageFormat = Fact.known(format.isEmpty() ? "raw" : format);
    return switch (volume.option(OptionName.TYPE)) {
      case "file" -> SourcePlacement.file(source, imageFormat);
      case "block" -> SourcePlacement.block(source, imageFormat);
      case "dir", "mount", "bind" -> SourcePlacement.file(source, Fact.known(""));
      case "volume" -> ofPool(volume, storages, imageFormat);
      case "network" ->
          SourcePlacement.remote(volume.option(OptionName.PROTOCOL), "network", imageFormat);
      case "nvme", "vhostvdpa" ->
          SourcePlacement.remote(volume.option(OptionName.TYPE), "block", imageFormat);
      default -> SourcePlacement.unknown("", missingPath(volume));
    };
  }

  @Override
  public Placement locate(StorageDefinition storage) {
    return storage.format().equals(LibvirtVolumeFormat.NAME)
        ? PoolPlacement.ofVolume(storage)
        : PoolPlacement.ofPool(storage);
  }

  /**
   * {@code virFileSetCOW} (src/util/virfile.c): building a pool without {@code <cow>} sets +C on
   * its directory on btrfs and does nothing elsewhere.
   */
  @Override
  public Fact<Boolean> nocowOption(Placement placement, Fact<String> filesystem) {
    if (placement.nocowOption().isKnown()) {
      return placement.nocowOption();
    }
    return filesystem.flatMap(
        type ->
            type.equals("btrfs")
                ? Fact.known(
                    true,
                    "libvirt sets +C on a pool's directory on btrfs unless `<cow>` forbids it")
                : Fact.known(false));
  }

  private static Placement ofPool(
      DeclaredVolume volume, StorageCatalog storages, Fact<String> imageFormat) {
    String pool = volume.option(OptionName.POOL);
    Optional<StorageDefinition> definition =
        storages.find(pool).filter(found -> found.format().equals(LibvirtPoolFormat.NAME));
    if (definition.isEmpty()) {
      String help =
          storages.isGiven()
              ? "no pool of this name is defined in " + storages.source()
              : "lint the output of `virsh pool-dumpxml " + pool + "` with the domain";
      return SourcePlacement.unknown(pool, new Missing("storage.type", pool, help));
    }
    if (volume.option(OptionName.MODE).equals("direct")) {
      return SourcePlacement.remote(definition.get().type(), "network", imageFormat);
    }
    return PoolPlacement.ofVolumeIn(
        definition.get(), volume.option(OptionName.VOLUME), imageFormat);
  }

  private static Missing missingPath(DeclaredVolume volume) {
    return new Missing(
        "storage.path",
        volume.key(),
        volume.option(OptionName.TYPE).equals("vhostuser")
            ? "the vhost-user daemon behind the socket knows the image: look at its options"
            : "where a source of type `" + volume.option(OptionName.TYPE) + "` lies is not known");
  }
}
