package dev.policyctl.format.proxmox;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether extra QEMU arguments can hand storage to the machine. What is not known to keep away from
 * storage is taken to touch it. Names as in qemu(1) of QEMU 10.1 and back to 5.
 */
final class QemuArguments {
  private static final Set<String> WITHOUT_VALUE =
      Set.of(
          "S",
          "s",
          "h",
          "help",
          "version",
          "enable-kvm",
          "no-acpi",
          "no-hpet",
          "no-reboot",
          "no-shutdown",
          "no-fd-bootchk",
          "nodefaults",
          "no-user-config",
          "nographic",
          "curses",
          "sdl",
          "full-screen",
          "show-cursor",
          "daemonize",
          "usb",
          "mem-prealloc",
          "preconfig",
          "semihosting",
          "only-migratable",
          "enable-fips",
          "singlestep",
          "one-insn-per-tb");
  private static final Set<String> WITH_VALUE =
      Set.of(
          "accel",
          "acpitable",
          "action",
          "append",
          "audio",
          "audiodev",
          "bios",
          "boot",
          "chardev",
          "compat",
          "cpu",
          "D",
          "d",
          "debugcon",
          "dfilter",
          "display",
          "dtb",
          "dump-vmstate",
          "echr",
          "fw_cfg",
          "icount",
          "incoming",
          "initrd",
          "k",
          "kernel",
          "L",
          "m",
          "machine",
          "M",
          "mon",
          "monitor",
          "msg",
          "name",
          "numa",
          "overcommit",
          "parallel",
          "pidfile",
          "prom-env",
          "qmp",
          "qmp-pretty",
          "rtc",
          "run-with",
          "runas",
          "sandbox",
          "seed",
          "semihosting-config",
          "serial",
          "smbios",
          "smp",
          "spice",
          "tb-size",
          "tpmdev",
          "trace",
          "usbdevice",
          "uuid",
          "vga",
          "vnc",
          "watchdog",
          "watchdog-action");
  private static final Set<String> NETWORK = Set.of("netdev", "nic", "net");
  private static final List<String> HARMLESS_OBJECTS =
      List.of(
          "authz-",
          "can-bus",
          "can-host-",
          "cryptodev-",
          "filter-",
          "input-linux",
          "iothread",
          "main-loop",
          "memory-backend-memfd",
          "memory-backend-ram",
          "memory-backend-shm",
          "rng-",
          "secret",
          "secret_keyring",
          "sev-guest",
          "sev-snp-guest",
          "tdx-guest",
          "thread-context",
          "tls-",
          "tls-cipher-suites",
          "igvm-cfg",
          "iommufd");
  private static final List<String> STORAGE_DEVICES =
      List.of(
          "9p", "blk", "mtp", "nvdimm", "vhost-scsi", "vhost-user-fs", "vhost-user-scsi", "vdpa");

  private QemuArguments() {}

  static boolean mayTouchStorage(String arguments) {
    return ShellWords.split(arguments).map(QemuArguments::mayTouchStorage).orElse(true);
  }

  private static boolean mayTouchStorage(List<String> words) {
    int at = 0;
    while (at < words.size()) {
      String word = words.get(at);
      if (!isOption(word)) {
        return true;
      }
      String name = word.substring(word.startsWith("--") ? 2 : 1);
      if (WITHOUT_VALUE.contains(name)) {
        at++;
      } else if (at + 1 < words.size() && isHarmless(name, words.get(at + 1))) {
        at += 2;
      } else {
        return true;
      }
    }
    return false;
  }

  // A bare word is the first hard disk.
  private static boolean isOption(String word) {
    return word.length() > 1 && word.charAt(0) == '-';
  }

  private static boolean isHarmless(String name, String value) {
    if (WITH_VALUE.contains(name)) {
      return true;
    }
    if (NETWORK.contains(name)) {
      return property(value, "smb").isEmpty();
    }
    return switch (name) {
      case "device" -> isHarmlessDevice(value);
      case "object" -> isHarmlessObject(value);
      case "global" -> !value.contains("drive");
      case "mem-path" -> isMemory(value);
      default -> false;
    };
  }

  private static boolean isHarmlessDevice(String value) {
    String kind = kind(value, "driver");
    return !kind.startsWith("{")
        && property(value, "drive").isEmpty()
        && STORAGE_DEVICES.stream().noneMatch(kind::contains);
  }

  private static boolean isHarmlessObject(String value) {
    String kind = kind(value, "qom-type");
    if (kind.equals("memory-backend-file")) {
      return property(value, "mem-path").filter(QemuArguments::isMemory).isPresent();
    }
    return HARMLESS_OBJECTS.stream()
        .anyMatch(known -> known.endsWith("-") ? kind.startsWith(known) : kind.equals(known));
  }

  /** Whether a file that backs memory lies on a device or hugepages and not on a disk. */
  private static boolean isMemory(String path) {
    boolean memory = path.startsWith("/dev/") || path.startsWith("/run/hugepages/");
    return memory && VolumeSource.isMountSource(path);
  }

  // The kind may be written bare, as the first part, or under its key.
  private static String kind(String value, String key) {
    int comma = value.indexOf(',');
    String first = comma < 0 ? value : value.substring(0, comma);
    return first.indexOf('=') < 0 ? first : property(value, key).orElse("{");
  }

  private static Optional<String> property(String value, String key) {
    for (String part : value.split(",", -1)) {
      if (part.startsWith(key + "=")) {
        return Optional.of(part.substring(key.length() + 1));
      }
    }
    return Optional.empty();
  }
}
