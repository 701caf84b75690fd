package dev.policyctl.format.libvirt;

import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Opening;

/**
 * How libvirt's LXC driver has a volume opened: {@code virLXCControllerSetupLoopDevices}
 * (src/lxc/lxc_controller.c), libvirt 9.0 and 11.3.
 */
final class LxcOpening {
  private LxcOpening() {}

  static Opening of(DeclaredVolume volume) {
    if (volume.option(OptionName.TYPE).equals("file")) {
      return usesNbd(volume)
          ? LibvirtOpenRule.opening(
              LibvirtOpenRule.HYPERVISOR,
              Fact.known(true, "`qemu-nbd -n` opens the image with O_DIRECT, whatever `cache` is"))
          : LibvirtOpenRule.opening(
              LibvirtOpenRule.LOOP,
              Fact.known(false, "libvirt attaches loop devices without direct I/O"));
    }
    return switch (volume.option(OptionName.ELEMENT) + " " + volume.option(OptionName.TYPE)) {
      case "filesystem block" ->
          LibvirtOpenRule.opening(
              LibvirtOpenRule.PROCESS, Fact.known(false, "the host mounts the device"));
      case "disk block" -> process("the container's processes open the device themselves");
      default -> process("the container's processes open the files themselves");
    };
  }

  private static Opening process(String reason) {
    return new Opening(
        Fact.known(LibvirtOpenRule.PROCESS), Fact.known(false, reason), true, Fact.known(true));
  }

  /** A written driver decides, else the format: the loop driver takes raw images only. */
  static boolean usesNbd(DeclaredVolume volume) {
    String format = volume.option(OptionName.FORMAT);
    return switch (volume.option(OptionName.DRIVER)) {
      case "nbd" -> true;
      case "loop" -> false;
      default -> !format.isEmpty() && !format.equals("raw") && !format.equals("none");
    };
  }
}
