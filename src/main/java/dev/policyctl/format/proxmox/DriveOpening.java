package dev.policyctl.format.proxmox;

import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Opening;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Role;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How qemu-server opens a drive of a virtual machine (qemu-server 9.2.6, src/PVE/QemuServer/:
 * Drive.pm, drive_uses_cache_direct; OVMF.pm; QSD.pm; Virtiofs.pm). Image format, file attributes,
 * {@code aio} and the file system below a {@code dir} do not matter to it.
 */
final class DriveOpening {
  private static final Fact<String> HYPERVISOR = Fact.known("hypervisor");
  private static final Fact<String> PROCESS = Fact.known("process");
  private static final Fact<Boolean> YES = Fact.known(true);

  /** {@code off} is understood although the schema does not list it. */
  private static final Set<String> DIRECT_CACHES = Set.of("none", "directsync", "off");

  private static final List<String> TRUE = List.of("1", "on", "yes", "true");

  /** Opened by libiscsi in QEMU: there is no path that swtpm could open. */
  private static final Set<String> LIBISCSI = Set.of("zfs", "iscsidirect");

  private DriveOpening() {}

  static Opening of(DeclaredVolume volume, Placement placement) {
    if (volume.role() == Role.FILESYSTEM) {
      return sharedDirectory(volume);
    }
    if (volume.role() == Role.UNUSED || !volume.attached()) {
      return new Opening(HYPERVISOR, Fact.known(false, "it is not attached"), false, YES);
    }
    if (volume.option("file").equals("none")) {
      return new Opening(HYPERVISOR, Fact.known(false, "the drive is empty"), false, YES);
    }
    if (volume.role() == Role.TPM) {
      return tpmState(placement);
    }
    Fact<Boolean> direct = direct(volume, placement);
    return new Opening(HYPERVISOR, direct, false, aioAccepted(volume, placement, direct));
  }

  private static Fact<Boolean> direct(DeclaredVolume volume, Placement placement) {
    if (volume.role() == Role.EFI) {
      return Fact.known(false, "Proxmox opens EFI variables through the host's page cache");
    }
    String cache = volume.cache();
    if (!cache.isEmpty()) {
      return DIRECT_CACHES.contains(cache)
          ? Fact.known(true, "`cache=" + cache + "` opens the image with O_DIRECT")
          : Fact.known(false, "`cache=" + cache + "` goes through the host's page cache");
    }
    if (volume.option("media").equals("cdrom")) {
      return Fact.known(
          false, "`cache` is not set and a CD-ROM is read through the host's page cache");
    }
    return withoutCache(placement);
  }

  /** What a disk without {@code cache} gets at this place. */
  static Fact<Boolean> withoutCache(Placement placement) {
    return placement
        .type()
        .flatMap(
            type -> {
              if (type.equals(StorageType.BTRFS.word())) {
                return onBtrfs(placement);
              }
              String where =
                  type.isEmpty()
                      ? "a path outside of storages"
                      : "a storage of type `" + type + "`";
              return Fact.known(true, "`cache` is not set and " + where + " defaults to O_DIRECT");
            });
  }

  private static Fact<Boolean> onBtrfs(Placement placement) {
    String storage = "`cache` is not set and a storage of type `btrfs` ";
    return placement
        .nocowOption()
        .ifKnown()
        .map(
            nocow ->
                nocow
                    ? Fact.known(true, storage + "with `nocow 1` defaults to O_DIRECT")
                    : Fact.known(
                        false, storage + "without `nocow` defaults to the host's page cache"))
        .orElseGet(() -> placement.nocowOption());
  }

  /**
   * swtpm opens a raw state itself, without O_DIRECT. Everything else goes through a
   * qemu-storage-daemon, which opens it as a drive without {@code cache}.
   */
  private static Opening tpmState(Placement placement) {
    Fact<Boolean> bySwtpm =
        placement
            .type()
            .flatMap(
                type ->
                    LIBISCSI.contains(type)
                        ? Fact.known(false)
                        : placement.imageFormat().map(format -> format.equals("raw")));
    Fact<String> opener = bySwtpm.map(swtpm -> swtpm ? "process" : "hypervisor");
    Fact<Boolean> direct =
        bySwtpm.flatMap(
            swtpm ->
                swtpm
                    ? Fact.known(false, "`swtpm` opens a raw state without O_DIRECT")
                    : withoutCache(placement)
                        .because("`qemu-storage-daemon` opens the state for `swtpm`"));
    return new Opening(opener, direct, false, YES);
  }

  private static Opening sharedDirectory(DeclaredVolume volume) {
    boolean passed = TRUE.contains(volume.option("direct-io").toLowerCase(Locale.ROOT));
    Fact<Boolean> direct =
        passed
            ? Fact.known(false, "`direct-io=1` leaves O_DIRECT to the guest's processes")
            : Fact.known(false, "virtiofs without `direct-io` does not pass O_DIRECT on");
    return new Opening(PROCESS, direct, passed, YES);
  }

  /**
   * QEMU refuses {@code aio=native} without O_DIRECT where it has a file or device to open
   * (qemu-server 9.2.6, Drive.pm, aio_cmdline_option: other drivers are not given {@code aio}).
   */
  private static Fact<Boolean> aioAccepted(
      DeclaredVolume volume, Placement placement, Fact<Boolean> direct) {
    if (!volume.aio().equals("native")) {
      return YES;
    }
    if (placement.access().is("network")) {
      return Fact.known(true, "`aio` is not passed on for network storage");
    }
    return direct.flatMap(
        opensDirect ->
            opensDirect
                ? Fact.known(true)
                : placement
                    .access()
                    .flatMap(
                        access -> Fact.known(false, "QEMU refuses `aio=native` without O_DIRECT")));
  }
}
