package dev.policyctl.format.proxmox;

import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Opening;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Role;

/**
 * How pve-container gives a volume to a container (pve-container 6.1.10, src/PVE/LXC.pm,
 * __mountpoint_mount): it opens nothing with O_DIRECT itself.
 */
final class ContainerOpening {
  private static final Fact<Boolean> YES = Fact.known(true);

  private ContainerOpening() {}

  static Opening of(DeclaredVolume volume, Placement placement) {
    Fact<String> opener = opener(placement);
    if (volume.role() == Role.UNUSED || !volume.attached()) {
      return new Opening(opener, Fact.known(false, "it is not attached"), false, YES);
    }
    return new Opening(opener, Fact.known(false, why(opener, placement)), possible(placement), YES);
  }

  private static Fact<String> opener(Placement placement) {
    if (isDirectory(placement)) {
      return Fact.known("process");
    }
    return placement.access().map(access -> access.equals("file") ? "loop" : "process");
  }

  private static boolean isDirectory(Placement placement) {
    return placement.imageFormat().is(VolumeName.SUBVOL)
        || placement.imageFormat().is(ProxmoxLocator.DIRECTORY);
  }

  /** A volume that may be a directory leaves its files open to the container's processes. */
  private static boolean possible(Placement placement) {
    return isDirectory(placement) || !placement.imageFormat().isKnown();
  }

  private static String why(Fact<String> opener, Placement placement) {
    if (isDirectory(placement)) {
      return "a directory is mounted into the container; its processes open files there themselves";
    }
    if (opener.is("loop")) {
      return "Proxmox attaches a raw image with `losetup`, without direct I/O";
    }
    return opener.isKnown()
        ? "the host mounts the device itself"
        : "Proxmox opens no volume of a container with O_DIRECT";
  }
}
