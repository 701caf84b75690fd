package dev.policyctl.format.proxmox;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a raw line of a container can bring in storage of the host. Names as in {@code
 * valid_lxc_conf_keys} of pve-container 6.1 and lxc.container.conf(5).
 */
final class LxcBypasses {
  private static final Set<String> HOOKS =
      Set.of(
          "autodev",
          "pre-start",
          "pre-mount",
          "mount",
          "start",
          "stop",
          "post-stop",
          "clone",
          "destroy");
  private static final Set<String> KERNEL_FILESYSTEMS =
      Set.of(
          "proc",
          "sysfs",
          "cgroup",
          "cgroup2",
          "tmpfs",
          "ramfs",
          "devpts",
          "devtmpfs",
          "mqueue",
          "securityfs",
          "debugfs",
          "tracefs",
          "configfs",
          "fusectl",
          "pstore",
          "bpf",
          "efivarfs",
          "hugetlbfs",
          "binfmt_misc");
  private static final List<String> KERNEL_FOLDERS = List.of("/proc", "/sys");
  private static final String SHELL_SYNTAX = ";|&`$\n";

  private LxcBypasses() {}

  /** Whether Proxmox knows the raw name at all, of those that have to do with storage. */
  static boolean isDropped(String key) {
    boolean ofStorage =
        key.startsWith("lxc.mount.")
            || key.startsWith("lxc.hook.")
            || key.startsWith("lxc.rootfs.");
    return ofStorage
        && !key.equals("lxc.mount.auto")
        && !key.equals("lxc.hook.version")
        && !canBypass(key);
  }

  static boolean mayTouchStorage(String key, String value) {
    return canBypass(key)
        && switch (key) {
          case "lxc.mount.entry" -> !isKernelMount(value);
          case "lxc.mount", "lxc.mount.fstab", "lxc.include", "lxc.rootfs.mount" -> true;
          default -> !isOwnHook(value);
        };
  }

  private static boolean canBypass(String key) {
    return switch (key) {
      // Of LXC before 3.0, which calls it lxc.mount.fstab since then.
      case "lxc.mount" -> true;
      case "lxc.mount.entry", "lxc.mount.fstab", "lxc.include", "lxc.rootfs.mount" -> true;
      default -> key.startsWith("lxc.hook.") && HOOKS.contains(key.substring("lxc.hook.".length()));
    };
  }

  /** An entry as in fstab(5): a file system of the kernel's own, or a device node bound. */
  private static boolean isKernelMount(String entry) {
    String[] fields = entry.split("[ \t]+", 5);
    if (fields.length < 3) {
      return false;
    }
    if (KERNEL_FILESYSTEMS.contains(fields[2])) {
      return true;
    }
    String source = fields[0];
    if (!VolumeSource.isMountSource(source)) {
      return false;
    }
    boolean bound = fields.length > 3 && isBind(fields[3]);
    return bound && (source.startsWith("/dev/") || isBelow(source, KERNEL_FOLDERS));
  }

  private static boolean isBind(String options) {
    List<String> all = List.of(options.toLowerCase(Locale.ROOT).split(",", -1));
    return all.contains("bind") || all.contains("rbind");
  }

  private static boolean isBelow(String path, List<String> folders) {
    return folders.stream()
        .anyMatch(folder -> path.equals(folder) || path.startsWith(folder + "/"));
  }

  /** The gate of this project, and nothing behind it that a shell would run, too. */
  private static boolean isOwnHook(String command) {
    if (command.chars().anyMatch(c -> SHELL_SYNTAX.indexOf(c) >= 0)) {
      return false;
    }
    int end = 0;
    while (end < command.length() && !Blanks.isBlank(command.charAt(end))) {
      end++;
    }
    String program = command.substring(0, end);
    return program.substring(program.lastIndexOf('/') + 1).equals("policyctl");
  }
}
