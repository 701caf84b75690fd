package dev.policyctl.format.proxmox;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Guests and volumes as short texts, for tests of what is made of them. */
final class Declared {
  static final DeclaredGuest MACHINE = guest("proxmox-qemu");
  static final DeclaredGuest CONTAINER = guest("proxmox-lxc");

  private Declared() {}

  private static DeclaredGuest guest(String format) {
    return new DeclaredGuest(format, "100", "", Optional.empty(), List.of(), List.of(), Map.of());
  }

  /** A drive as a line of a virtual machine's configuration has it, {@code key: value}. */
  static DeclaredVolume drive(String line) {
    return volume(line, "file");
  }

  /** A mount point as a line of a container's configuration has it. */
  static DeclaredVolume mountPoint(String line) {
    return volume(line, "volume");
  }

  private static DeclaredVolume volume(String line, String defaultKey) {
    int colon = line.indexOf(':');
    String key = line.substring(0, colon);
    Map<String, String> options = new LinkedHashMap<>();
    for (String part : line.substring(colon + 1).strip().split(",", -1)) {
      int equals = part.indexOf('=');
      boolean bare = equals < 0 || part.startsWith("nbd:");
      options.put(
          bare ? bareKey(key, defaultKey) : part.substring(0, equals),
          part.substring(bare ? 0 : equals + 1));
    }
    return new DeclaredVolume(
        key,
        role(key, options),
        DeclaredVolume.CURRENT,
        !key.startsWith("unused"),
        false,
        false,
        false,
        Optional.empty(),
        options.getOrDefault("cache", ""),
        options.getOrDefault("aio", ""),
        options);
  }

  private static String bareKey(String key, String defaultKey) {
    return key.startsWith("virtiofs") ? "dirid" : defaultKey;
  }

  private static Role role(String key, Map<String, String> options) {
    if ("cdrom".equals(options.get("media"))) {
      return Role.CDROM;
    }
    return switch (key.replaceAll("[0-9]+$", "")) {
      case "efidisk" -> Role.EFI;
      case "tpmstate" -> Role.TPM;
      case "unused" -> Role.UNUSED;
      case "virtiofs" -> Role.FILESYSTEM;
      case "rootfs" -> Role.ROOTFS;
      case "mp" -> Role.MOUNT;
      default -> Role.DISK;
    };
  }
}
