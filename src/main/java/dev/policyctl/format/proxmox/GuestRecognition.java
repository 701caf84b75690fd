package dev.policyctl.format.proxmox;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells from the path, or else from the text, whether a file is a guest's configuration. A file in
 * one of Proxmox' own folders is what the folder says, an empty one too.
 */
final class GuestRecognition {
  private static final String QEMU_FOLDER = "qemu-server";
  private static final String LXC_FOLDER = "lxc";

  /** Keys that no other program has with such a value; the first word of the value is tested. */
  private static final Map<String, Predicate<String>> TELLING =
      Map.of(
          "ostype",
              Set.of(
                      "l24", "l26", "solaris", "other", "wxp", "w2k", "w2k3", "w2k8", "wvista",
                      "win7", "win8", "win10", "win11")
                  ::contains,
          "bios", Set.of("seabios", "ovmf")::contains,
          "scsihw",
              value -> value.contains("scsi") || value.startsWith("lsi") || value.equals("megasas"),
          "smbios", value -> value.startsWith("uuid=") || value.contains(",uuid="),
          "vmgenid", value -> value.length() == 36 || value.equals("0") || value.equals("1"),
          "bootdisk", value -> QemuSchemas.KEYS.kind(value).isPresent(),
          "amd-sev", value -> true,
          "intel-tdx", value -> true,
          "hostpci", value -> !value.isEmpty());

  /** Keys that count when several of them stand together. */
  private static final Set<String> COMMON =
      Set.of(
          "acpi",
          "agent",
          "arch",
          "args",
          "audio",
          "balloon",
          "boot",
          "cores",
          "cpu",
          "efidisk",
          "hotplug",
          "hugepages",
          "ivshmem",
          "kvm",
          "localtime",
          "machine",
          "memory",
          "meta",
          "net",
          "numa",
          "onboot",
          "rng",
          "serial",
          "sockets",
          "spice_enhancements",
          "tablet",
          "template",
          "usb",
          "vcpus",
          "vga",
          "vmgenid",
          "watchdog");

  private static final Set<String> OF_CONTAINERS = Set.of("arch", "ostype", "hostname");

  private GuestRecognition() {}

  static boolean isQemu(String path, String head) {
    GuestPath place = new GuestPath(path);
    if (place.isGuestIn(QEMU_FOLDER)) {
      return true;
    }
    if (place.isGuestIn(LXC_FOLDER) || !hasName(place)) {
      return false;
    }
    return Signs.of(head).isMachine();
  }

  static boolean isLxc(String path, String head) {
    GuestPath place = new GuestPath(path);
    if (place.isGuestIn(LXC_FOLDER)) {
      return true;
    }
    return !place.isGuestIn(QEMU_FOLDER) && hasName(place) && Signs.of(head).isContainer();
  }

  // Standard input has no name to go by.
  private static boolean hasName(GuestPath place) {
    return place.isConf() || place.path().equals("-");
  }

  /** What the lines of a text speak for. */
  private static final class Signs {
    private int telling;
    private int common;
    private int foreign;
    private boolean root;
    private boolean container;
    private boolean raw;

    static Signs of(String head) {
      Signs signs = new Signs();
      int from = 0;
      while (from < head.length()) {
        int newline = head.indexOf('\n', from);
        int to = newline < 0 ? head.length() : newline;
        signs.read(head, from, Blanks.trimEnd(head, from, to));
        from = to + 1;
      }
      return signs;
    }

    boolean isContainer() {
      return root && container;
    }

    boolean isMachine() {
      boolean enough = telling > 0 || common >= 2;
      return enough && !root && !raw && foreign < telling + common;
    }

    private void read(String head, int from, int to) {
      if (from == to || head.charAt(from) == '#' || head.charAt(from) == '[') {
        return;
      }
      int colon = from;
      while (colon < to && head.charAt(colon) != ':') {
        colon++;
      }
      String key = head.substring(from, colon);
      if (key.startsWith("lxc.")) {
        raw = true;
      } else if (colon == to || key.isEmpty() || !isKey(key)) {
        foreign++;
      } else {
        count(key, head.substring(Blanks.trimStart(head, colon + 1, to), to));
      }
    }

    private void count(String key, String value) {
      int end = key.length();
      while (end > 0 && Character.isDigit(key.charAt(end - 1))) {
        end--;
      }
      String prefix = key.substring(0, end);
      root |= key.equals("rootfs") && !value.isEmpty();
      container |= OF_CONTAINERS.contains(key);
      Predicate<String> test = TELLING.get(prefix);
      if (isDrive(key, value) || (test != null && test.test(value))) {
        telling++;
      } else if (COMMON.contains(prefix)) {
        common++;
      }
    }

    private static boolean isDrive(String key, String value) {
      if (QemuSchemas.KEYS.kind(key).isEmpty() && !key.equals("cdrom")) {
        return false;
      }
      int comma = value.indexOf(',');
      String first = comma < 0 ? value : value.substring(0, comma);
      String file = first.substring(first.indexOf('=') + 1);
      return key.startsWith("virtiofs") || VolumeSource.isDriveFile(file);
    }

    private static boolean isKey(String key) {
      return key.chars()
          .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-');
    }
  }
}
