package dev.policyctl.format.proxmox;

import java.util.List;

/**
 * The property strings of a container's storage keys: {@code LXC/Config.pm} of pve-container 6.1.
 */
final class LxcSchemas {
  private static final List<String> MOUNT_OPTIONS =
      List.of("discard", "lazytime", "noatime", "nodev", "noexec", "nosuid");
  private static final ValueType MOUNT_SOURCE =
      ValueType.text(
          "use `STORAGE:VOLUME` or a path without `.` and `..`", VolumeSource::isMountSource);

  static final StorageKeys KEYS =
      new StorageKeys()
          .addWithoutIndex("rootfs", mounted().build())
          .add("mp", 256, mountPoint())
          .add("unused", 256, unused())
          .add("dev", 256, device());

  private LxcSchemas() {}

  private static PropertySchema.Builder mounted() {
    return PropertySchema.builder("volume", MOUNT_SOURCE)
        .option("size", ValueType.SIZE)
        .option("ro", ValueType.BOOLEAN)
        .option(
            "mountoptions",
            ValueType.text(
                "use " + ValueType.listed(MOUNT_OPTIONS) + ", with `;` between them",
                LxcSchemas::areMountOptions))
        .option("acl", ValueType.BOOLEAN)
        .option("quota", ValueType.BOOLEAN)
        .option("replicate", ValueType.BOOLEAN)
        .option("shared", ValueType.BOOLEAN)
        .option(
            "idmap",
            ValueType.text(
                "use `passthrough` or `u|g:CONTAINER:DISK:RANGE`, with `;` between them",
                LxcSchemas::isIdMap));
  }

  private static PropertySchema mountPoint() {
    return mounted()
        .option(
            "mp", ValueType.text("use a path without `.` and `..`", VolumeSource::isMountSource))
        .option("backup", ValueType.BOOLEAN)
        .option("keepattrs", ValueType.BOOLEAN)
        .require("volume", "mp")
        .build();
  }

  private static PropertySchema unused() {
    ValueType id = ValueType.text("use `STORAGE:VOLUME`", VolumeSource::isVolumeId);
    return PropertySchema.builder("volume", id).build();
  }

  private static PropertySchema device() {
    return PropertySchema.builder(
            "path",
            ValueType.text(
                "use a path below `/dev/`",
                path -> path.startsWith("/dev/") && VolumeSource.isMountSource(path)))
        .option("mode", ValueType.text("use `0` and three octal digits", LxcSchemas::isMode))
        .option("uid", ValueType.integer(0))
        .option("gid", ValueType.integer(0))
        .option("deny-write", ValueType.BOOLEAN)
        .require()
        .build();
  }

  private static boolean areMountOptions(String text) {
    return MOUNT_OPTIONS.containsAll(List.of(text.split(";", -1)));
  }

  private static boolean isMode(String text) {
    return text.length() == 4
        && text.charAt(0) == '0'
        && text.chars().allMatch(c -> c >= '0' && c <= '7');
  }

  private static boolean isIdMap(String text) {
    return text.equals("passthrough")
        || List.of(text.split(";", -1)).stream().allMatch(LxcSchemas::isIdMapEntry);
  }

  private static boolean isIdMapEntry(String entry) {
    List<String> parts = List.of(entry.split(":", -1));
    return parts.size() == 4
        && (parts.get(0).equals("u") || parts.get(0).equals("g"))
        && parts.stream()
            .skip(1)
            .allMatch(
                number -> !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9'));
  }
}
