package dev.policyctl.format.proxmox;

import java.util.List;

/**
 * The property strings of a virtual machine's storage keys: {@code QemuServer/Drive.pm} and {@code
 * QemuServer/Virtiofs.pm} of qemu-server 9.2.
 */
final class QemuSchemas {
  private static final ValueType FILE =
      ValueType.text("use `STORAGE:VOLUME`, a path or `none`", VolumeSource::isDriveFile);
  private static final ValueType VOLUME_ID =
      ValueType.text("use `STORAGE:VOLUME`", VolumeSource::isVolumeId);
  private static final ValueType IMAGE_FORMAT =
      ValueType.oneOf("raw", "qcow", "qed", "qcow2", "vmdk", "cloop");

  /** Informational, and its values grow with the releases of Proxmox. */
  private static final ValueType MARKER = ValueType.text("", text -> true);

  static final StorageKeys KEYS =
      new StorageKeys()
          .add("ide", 4, ide())
          .add("sata", 6, sata())
          .add("scsi", 31, scsi())
          .add("virtio", 16, virtio())
          .add("efidisk", 1, efidisk())
          .add("tpmstate", 1, tpmstate())
          .add(
              "unused",
              256,
              PropertySchema.builder("file", VOLUME_ID).alias("volume", "file").build())
          .add("virtiofs", 10, virtiofs())
          .addWithoutIndex("vmstate", PropertySchema.builder("file", VOLUME_ID).build());

  private QemuSchemas() {}

  private static PropertySchema ide() {
    return drive()
        .option("model", urlEncoded(120))
        .option("ssd", ValueType.BOOLEAN)
        .option("wwn", wwn())
        .build();
  }

  private static PropertySchema sata() {
    return drive().option("ssd", ValueType.BOOLEAN).option("wwn", wwn()).build();
  }

  private static PropertySchema scsi() {
    return drive()
        .option("iothread", ValueType.BOOLEAN)
        .option("product", name(16))
        .option("queues", ValueType.integer(2))
        .option("ro", ValueType.BOOLEAN)
        .option("scsiblock", ValueType.BOOLEAN)
        .option("ssd", ValueType.BOOLEAN)
        .option("vendor", name(8))
        .option("wwn", wwn())
        .build();
  }

  private static PropertySchema virtio() {
    return drive().option("iothread", ValueType.BOOLEAN).option("ro", ValueType.BOOLEAN).build();
  }

  private static PropertySchema efidisk() {
    return file()
        .option("format", IMAGE_FORMAT)
        .option("size", ValueType.SIZE)
        .option("efitype", ValueType.oneOf("2m", "4m"))
        .option("pre-enrolled-keys", ValueType.BOOLEAN)
        .option("ms-cert", MARKER)
        .build();
  }

  private static PropertySchema tpmstate() {
    return file()
        .option("format", IMAGE_FORMAT)
        .option("size", ValueType.SIZE)
        .option("version", ValueType.oneOf("v1.2", "v2.0"))
        .build();
  }

  private static PropertySchema virtiofs() {
    ValueType mapping = ValueType.text("use the name of a directory mapping", id -> !id.isEmpty());
    return PropertySchema.builder("dirid", mapping)
        .option("cache", ValueType.oneOf("auto", "always", "metadata", "never"))
        .option("direct-io", ValueType.BOOLEAN)
        .option("expose-xattr", ValueType.BOOLEAN)
        .option("expose-acl", ValueType.BOOLEAN)
        .build();
  }

  private static PropertySchema.Builder file() {
    return PropertySchema.builder("file", FILE).alias("volume", "file");
  }

  // The geometry (cyls, heads, secs, trans) is of old and has no effect.
  private static PropertySchema.Builder drive() {
    PropertySchema.Builder drive =
        file()
            .option("media", ValueType.oneOf("cdrom", "disk"))
            .option(
                "cache",
                ValueType.oneOf("none", "writethrough", "writeback", "unsafe", "directsync"))
            .option("aio", ValueType.oneOf("native", "threads", "io_uring"))
            .option("format", IMAGE_FORMAT)
            .option("size", ValueType.SIZE)
            .option("snapshot", ValueType.BOOLEAN)
            .option("backup", ValueType.BOOLEAN)
            .option("replicate", ValueType.BOOLEAN)
            .option("shared", ValueType.BOOLEAN)
            .option("discard", ValueType.oneOf("ignore", "on"))
            .option("detect_zeroes", ValueType.BOOLEAN)
            .option("rerror", ValueType.oneOf("ignore", "report", "stop"))
            .option("werror", ValueType.oneOf("enospc", "ignore", "report", "stop"))
            .option("serial", urlEncoded(60))
            .option("cyls", ValueType.integer(0))
            .option("heads", ValueType.integer(0))
            .option("secs", ValueType.integer(0))
            .option("trans", ValueType.oneOf("none", "lba", "auto"));
    addLimits(drive);
    return drive;
  }

  private static void addLimits(PropertySchema.Builder drive) {
    for (String direction : List.of("", "_rd", "_wr")) {
      drive
          .option("bps" + direction, ValueType.integer(0))
          .option("mbps" + direction, ValueType.NUMBER)
          .option("iops" + direction, ValueType.integer(0))
          .option("mbps" + direction + "_max", ValueType.NUMBER)
          .option("iops" + direction + "_max", ValueType.integer(0))
          .option("bps" + direction + "_max_length", ValueType.integer(1))
          .option("iops" + direction + "_max_length", ValueType.integer(1));
    }
    for (String direction : List.of("_rd", "_wr")) {
      drive
          .alias("bps" + direction + "_length", "bps" + direction + "_max_length")
          .alias("iops" + direction + "_length", "iops" + direction + "_max_length");
    }
  }

  private static ValueType urlEncoded(int longest) {
    return ValueType.text(
        "use at most " + longest + " URL-encoded characters",
        text -> text.length() <= longest && consistsOf(text, "-%_.!~*'()"));
  }

  private static ValueType name(int longest) {
    return ValueType.text(
        "use at most " + longest + " letters, digits, blanks, `-` and `_`",
        text -> text.length() <= longest && consistsOf(text, "-_ \t"));
  }

  private static ValueType wwn() {
    return ValueType.text(
        "use `0x` and 16 hexadecimal digits",
        text ->
            text.length() == 18
                && text.startsWith("0x")
                && text.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0));
  }

  private static boolean consistsOf(String text, String besidesLettersAndDigits) {
    return text.chars()
        .allMatch(
            c ->
                (c < 128 && Character.isLetterOrDigit(c))
                    || besidesLettersAndDigits.indexOf(c) >= 0);
  }
}
