package dev.policyctl.format.proxmox;

import java.util.List;
import java.util.Optional;

/**
 * Options that exclude or require one another on a drive. Proxmox keeps such a line and cannot
 * attach the drive: {@code parse_drive} in {@code QemuServer/Drive.pm} of qemu-server 9.2.
 */
final class DriveConflicts {
  private static final List<String> DIRECTIONS = List.of("", "_rd", "_wr");
  private static final List<String> NOT_ON_CDROM =
      List.of("snapshot", "format", "trans", "heads", "secs", "cyls");

  private DriveConflicts() {}

  /** The first conflict of this drive, placed at the option that cannot stay. */
  static Optional<PropertyString.Fault> find(String key, PropertyString drive) {
    return limits(drive).or(() -> cdrom(key, drive));
  }

  private static Optional<PropertyString.Fault> limits(PropertyString drive) {
    for (String direction : DIRECTIONS) {
      Optional<PropertyString.Fault> fault = limitsOf(direction, drive);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<PropertyString.Fault> limitsOf(String direction, PropertyString drive) {
    String bps = "bps" + direction;
    String mbps = "mbps" + direction;
    String iops = "iops" + direction;
    if (drive.option(bps).isPresent() && drive.option(mbps).isPresent()) {
      return contradicts(drive, mbps, bps);
    }
    return requires(drive, mbps + "_max", mbps)
        .or(() -> requires(drive, bps + "_max_length", mbps + "_max"))
        .or(() -> requires(drive, iops + "_max_length", iops + "_max"))
        .or(() -> direction.isEmpty() ? Optional.empty() : partOfTotal(direction, drive));
  }

  /** The limit of one direction, which cannot stand beside that of both. */
  private static Optional<PropertyString.Fault> partOfTotal(
      String direction, PropertyString drive) {
    for (String limit : List.of("mbps", "iops")) {
      if (isSet(drive, limit) && isSet(drive, limit + direction)) {
        return contradicts(drive, written(drive, limit + direction), written(drive, limit));
      }
    }
    return Optional.empty();
  }

  private static Optional<PropertyString.Fault> cdrom(String key, PropertyString drive) {
    if (!drive.value("media").equals("cdrom")) {
      return Optional.empty();
    }
    if (key.startsWith("virtio")) {
      return fault(
          drive,
          "media",
          "`media=cdrom` is not possible on `" + key + "`",
          "use `ide`, `sata` or `scsi`");
    }
    return NOT_ON_CDROM.stream()
        .filter(option -> isSet(drive, option))
        .findFirst()
        .flatMap(
            option ->
                fault(
                    drive,
                    option,
                    "`" + option + "` is not possible with `media=cdrom`",
                    "remove `" + option + "`"));
  }

  private static Optional<PropertyString.Fault> contradicts(
      PropertyString drive, String option, String other) {
    return fault(drive, option, "`" + option + "` contradicts `" + other + "`", "remove one");
  }

  private static Optional<PropertyString.Fault> requires(
      PropertyString drive, String option, String base) {
    return isSet(drive, option) && !isSet(drive, base)
        ? fault(drive, option, "`" + option + "` needs `" + base + "`", "add `" + base + "=`")
        : Optional.empty();
  }

  // As in Perl, 0 counts as not set. A limit in bytes is made into one in megabytes first, and any
  // such counts.
  private static boolean isSet(PropertyString drive, String option) {
    String value = drive.value(option);
    boolean inBytes = option.startsWith("mbps") && drive.option(option.substring(1)).isPresent();
    return inBytes || (!value.isEmpty() && !value.equals("0"));
  }

  private static String written(PropertyString drive, String option) {
    return drive.option(option).isPresent() ? option : option.substring(1);
  }

  private static Optional<PropertyString.Fault> fault(
      PropertyString drive, String option, String message, String help) {
    return drive.option(option).map(found -> new PropertyString.Fault(found.span(), message, help));
  }
}
