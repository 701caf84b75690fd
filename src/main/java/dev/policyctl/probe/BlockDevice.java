package dev.policyctl.probe;

import java.util.List;

/**
 * A block device as {@code /sys/block} shows it.
 *
 * @param name the kernel's name, {@code dm-3}
 * @param number major and minor, {@code 252:3}
 * @param disk of a partition: the device that it is a part of; else empty
 * @param slaves the devices directly below it
 * @param mapped what device-mapper calls it; empty for other devices
 * @param mapperUuid device-mapper's identifier, which begins with the name of the program that set
 *     the device up; may be empty
 * @param arrayLevel of MD: {@code raid1}; empty for other devices
 * @param stableWrites whether pages must not change while they are written to it
 */
record BlockDevice(
    String name,
    String number,
    String disk,
    List<String> slaves,
    String mapped,
    String mapperUuid,
    String arrayLevel,
    boolean stableWrites) {
  private static final String LVM = "LVM-";

  BlockDevice {
    slaves = List.copyOf(slaves);
  }

  boolean isPartition() {
    return !disk.isEmpty();
  }

  boolean isMapped() {
    return !mapped.isEmpty();
  }

  boolean isLogicalVolume() {
    return mapperUuid.startsWith(LVM);
  }

  /**
   * Name of the volume group of a logical volume. LVM joins the names of group and volume by a
   * hyphen and doubles the hyphens within them (lvm(8)).
   */
  String volumeGroup() {
    StringBuilder group = new StringBuilder();
    for (int i = 0; i < mapped.length(); i++) {
      boolean hyphen = mapped.charAt(i) == '-';
      if (hyphen && (i + 1 == mapped.length() || mapped.charAt(i + 1) != '-')) {
        break;
      }
      group.append(mapped.charAt(i));
      i += hyphen ? 1 : 0;
    }
    return group.toString();
  }
}
