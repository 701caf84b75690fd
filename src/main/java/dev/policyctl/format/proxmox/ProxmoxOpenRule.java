package dev.policyctl.format.proxmox;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.Opening;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Values;

/** Who opens a volume of a Proxmox guest and how. */
public final class ProxmoxOpenRule implements OpenRule {
  private static final String CONTAINER_FORMAT = "proxmox-lxc";

  @Override
  public Opening open(
      DeclaredGuest guest, DeclaredVolume volume, Placement placement, Values storage) {
    return isContainer(guest)
        ? ContainerOpening.of(volume, placement)
        : DriveOpening.of(volume, placement);
  }

  static boolean isContainer(DeclaredGuest guest) {
    return guest.format().equals(CONTAINER_FORMAT);
  }

  /**
   * Without {@code cache} every storage gets O_DIRECT but {@code btrfs} without {@code nocow},
   * whatever file system lies below (qemu-server 9.2.6, Drive.pm, drive_uses_cache_direct). Only
   * disks of virtual machines are opened so: a storage that holds none has no such default.
   */
  @Override
  public Fact<Boolean> directByDefault(Placement placement) {
    if (placement.imageFormat().is("")) {
      return placement.imageFormat().map(none -> false);
    }
    return placement
        .type()
        .flatMap(
            type ->
                StorageType.of(type).filter(known -> !known.mayHold("images")).isPresent()
                    ? Fact.known(false, "a storage of type `" + type + "` holds no disks")
                    : DriveOpening.withoutCache(placement));
  }
}
