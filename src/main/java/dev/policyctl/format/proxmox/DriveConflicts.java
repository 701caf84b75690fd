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
    return both(drive, bps, mbps)
        .or(() -> requires(drive, mbps + "_max", mbps, bps))
        .or(() -> requires(drive, bps + "_max_length", mbps + "_max", mbps + "_max"))
        .or(() -> requires(drive, iops + "_max_length", iops + "_max", iops + "_max"))
        .or(() -> direction.isEmpty() ? Optional.empty() : totalAndPart(direction, drive));
  }

  private static Optional<PropertyString.Fault> totalAndPart(
      String direction, PropertyString drive) {
    String total = isSet(drive, "bps") ? "bps" : "mbps";
    String part = isSet(drive, "bps" + direction) ? "bps" : "mbps";
    return both(drive, total, part + direction).or(() -> both(drive, "iops", "iops" + direction));
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

  private static Optional<PropertyString.Fault> both(
      PropertyString drive, String first, String second) {
    return isSet(drive, first) && isSet(drive, second)
        ? fault(drive, second, "`" + second + "` contradicts `" + first + "`", "remove one")
        : Optional.empty();
  }

  private static Optional<PropertyString.Fault> requires(
      PropertyString drive, String option, String base, String otherBase) {
    return isSet(drive, option) && !isSet(drive, base) && !isSet(drive, otherBase)
        ? fault(drive, option, "`" + option + "` needs `" + base + "`", "add `" + base + "=`")
        : Optional.empty();
  }

  // As in Perl, 0 counts as not set.
  private static boolean isSet(PropertyString drive, String option) {
    String value = drive.value(option);
    return !value.isEmpty() && !value.equals("0");
  }

  private static Optional<PropertyString.Fault> fault(
      PropertyString drive, String option, String message, String help) {
    return drive.option(option).map(found -> new PropertyString.Fault(found.span(), message, help));
  }
}
