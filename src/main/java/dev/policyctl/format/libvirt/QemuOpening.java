package dev.policyctl.format.libvirt;

import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Opening;

/** How libvirt's QEMU driver has a volume opened; rules as of libvirt 9.0 and 11.3. */
final class QemuOpening {
  private QemuOpening() {}

  static Opening of(DeclaredVolume volume) {
    return switch (volume.option(OptionName.ELEMENT)) {
      case "filesystem" -> sharedDirectory(volume);
      // qemuDomainInitializePflashStorageSource prepares it without a disk, hence without a mode.
      case "nvram" ->
          LibvirtOpenRule.opening(
              LibvirtOpenRule.HYPERVISOR,
              Fact.known(false, "firmware variables are opened without a cache mode"));
      default -> disk(volume);
    };
  }

  private static Opening disk(DeclaredVolume volume) {
    return switch (volume.option(OptionName.TYPE)) {
      case "vhostuser" ->
          LibvirtOpenRule.unknown(
              volume,
              "the vhost-user daemon behind the socket opens the image: look at its options");
      case "dir" ->
          LibvirtOpenRule.opening(
              LibvirtOpenRule.HYPERVISOR,
              Fact.known(false, "QEMU's `vvfat` opens the directory's files without O_DIRECT"));
      default ->
          new Opening(
              Fact.known(LibvirtOpenRule.HYPERVISOR), direct(volume), false, aioAccepted(volume));
    };
  }

  // qemuDomainPrepareDiskCachemode (src/qemu/qemu_domain.c) promotes writable shareable disks.
  private static Fact<Boolean> direct(DeclaredVolume volume) {
    return CacheMode.written(volume)
        .map(
            mode -> {
              if (mode != CacheMode.DEFAULT) {
                return Fact.known(mode.isDirect(), reason(mode));
              }
              return volume.shared()
                  ? Fact.known(
                      true,
                      "a writable `<shareable/>` disk without `cache` is opened as with"
                          + " `cache='none'`")
                  : Fact.known(false, "without `cache` QEMU goes through the page cache");
            })
        .orElseGet(
            () ->
                Fact.unknown(
                    new Missing(
                        "volume.cache",
                        volume.key(),
                        "libvirt refuses `" + volume.cache() + "`: use " + words())));
  }

  private static String reason(CacheMode mode) {
    String setting = "`cache='" + mode.word() + "'`";
    return mode.isDirect()
        ? setting + " opens the image with O_DIRECT"
        : setting + " goes through the page cache";
  }

  private static String words() {
    return "`" + String.join("`, `", CacheMode.words()) + "`";
  }

  /**
   * {@code qemuValidateDomainDeviceDefDiskFrontend} (src/qemu/qemu_validate.c): native needs a
   * direct mode that is written, the promotion of shareable disks comes too late.
   */
  static Fact<Boolean> aioAccepted(DeclaredVolume volume) {
    boolean direct = CacheMode.written(volume).map(CacheMode::isDirect).orElse(false);
    return switch (volume.aio()) {
      case "", "threads", "io_uring" -> Fact.known(true);
      case "native" ->
          direct
              ? Fact.known(true)
              : Fact.known(
                  false,
                  "libvirt refuses `io='native'` unless `cache` is written as `none` or"
                      + " `directsync`");
      default -> Fact.known(false, "libvirt knows no `io='" + volume.aio() + "'`");
    };
  }

  /**
   * 9p: QEMU drops the guest's O_DIRECT (hw/9pfs/9p.c get_dotl_openflags). virtiofs: its daemon
   * drops it unless it is given an option that libvirt never passes (qemu_virtiofs.c).
   */
  private static Opening sharedDirectory(DeclaredVolume volume) {
    if (!volume.option(OptionName.DRIVER).equals("virtiofs")) {
      return LibvirtOpenRule.opening(
          LibvirtOpenRule.PROCESS, Fact.known(false, "9p drops the guest's O_DIRECT"));
    }
    String binary = volume.option(OptionName.BINARY);
    if (!volume.option(OptionName.SOCKET).isEmpty()) {
      return LibvirtOpenRule.unknown(
          volume, "a virtiofs daemon that libvirt does not start serves it: look at its options");
    }
    if (!binary.isEmpty() && !Bypasses.baseName(binary).equals("virtiofsd")) {
      return LibvirtOpenRule.unknown(
          volume, "`" + binary + "` serves it: look at what it does with O_DIRECT");
    }
    return LibvirtOpenRule.opening(
        LibvirtOpenRule.PROCESS, Fact.known(false, "virtiofsd drops the guest's O_DIRECT"));
  }
}
