package dev.policyctl.format.libvirt;

import java.util.List;
import java.util.Set;

/**
 * Which of QEMU's arguments cannot hand it a file or device to use as storage. Whatever is not
 * listed may.
 */
final class QemuArguments {
  private static final Set<String> HARMLESS_WITH_VALUE =
      Set.of(
          "accel",
          "audiodev",
          "boot",
          "cpu",
          "debugcon",
          "display",
          "fw_cfg",
          "icount",
          "k",
          "m",
          "machine",
          "M",
          "msg",
          "name",
          "net",
          "netdev",
          "nic",
          "numa",
          "overcommit",
          "parallel",
          "rtc",
          "sandbox",
          "serial",
          "smbios",
          "smp",
          "spice",
          "uuid",
          "vga",
          "vnc",
          "watchdog",
          "watchdog-action");

  private static final Set<String> HARMLESS_ALONE =
      Set.of(
          "enable-kvm",
          "full-screen",
          "no-acpi",
          "no-hpet",
          "no-reboot",
          "no-shutdown",
          "no-user-config",
          "nodefaults",
          "nographic",
          "usb");

  /** Devices for which no image, shared directory or storage controller stands behind. */
  private static final List<String> HARMLESS_DEVICES =
      List.of(
          "AC97",
          "amd-iommu",
          "e1000",
          "edid",
          "ES1370",
          "hda-",
          "ich9-intel-hda",
          "intel-hda",
          "intel-iommu",
          "ioh3420",
          "isa-applesmc",
          "isa-debug",
          "ivshmem-",
          "pcie-root-port",
          "pci-bridge",
          "pvpanic",
          "qemu-xhci",
          "qxl",
          "ramfb",
          "rtl8139",
          "usb-audio",
          "usb-host",
          "usb-kbd",
          "usb-mouse",
          "usb-tablet",
          "usb-redir",
          "VGA",
          "vfio-pci",
          "virtio-balloon",
          "virtio-gpu",
          "virtio-input",
          "virtio-keyboard",
          "virtio-mouse",
          "virtio-net",
          "virtio-rng",
          "virtio-tablet",
          "virtio-vga",
          "vmcoreinfo",
          "vmxnet3");

  private static final List<String> HARMLESS_ENVIRONMENT =
      List.of(
          "DISPLAY",
          "GDK_",
          "MESA_",
          "PIPEWIRE_",
          "PULSE_",
          "QEMU_AUDIO_",
          "QEMU_PA_",
          "SDL_",
          "WAYLAND_DISPLAY",
          "XAUTHORITY",
          "XDG_RUNTIME_DIR");

  private QemuArguments() {}

  /**
   * @param arguments options and their values as separate items
   */
  static boolean canTouchStorage(List<String> arguments) {
    int at = 0;
    while (at < arguments.size()) {
      String option = option(arguments.get(at));
      String value = at + 1 < arguments.size() ? arguments.get(at + 1) : "";
      if (HARMLESS_ALONE.contains(option)) {
        at++;
      } else if (isHarmless(option, value)) {
        at += 2;
      } else {
        return true;
      }
    }
    return false;
  }

  static boolean canTouchStorageByEnvironment(String name) {
    return HARMLESS_ENVIRONMENT.stream().noneMatch(name::startsWith);
  }

  // QEMU takes options with one dash or two.
  private static String option(String argument) {
    if (argument.startsWith("--")) {
      return argument.substring(2);
    }
    return argument.startsWith("-") ? argument.substring(1) : "";
  }

  private static boolean isHarmless(String option, String value) {
    if (option.equals("device")) {
      return isHarmlessDevice(value);
    }
    return HARMLESS_WITH_VALUE.contains(option) && !value.contains("drive=");
  }

  private static boolean isHarmlessDevice(String value) {
    String driver = deviceDriver(value);
    return !driver.isEmpty()
        && HARMLESS_DEVICES.stream().anyMatch(driver::startsWith)
        && !value.contains("drive");
  }

  // `e1000,id=x`, `driver=e1000,id=x`; of the JSON form nothing is taken for granted.
  private static String deviceDriver(String value) {
    if (value.startsWith("{")) {
      return "";
    }
    int comma = value.indexOf(',');
    String first = comma < 0 ? value : value.substring(0, comma);
    return first.startsWith("driver=") ? first.substring("driver=".length()) : first;
  }
}
