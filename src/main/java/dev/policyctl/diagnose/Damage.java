package dev.policyctl.diagnose;

import java.util.List;
import java.util.OptionalLong;

/**
 * How much of a file is hit.
 *
 * @param blocks different places in the file that did not match their checksum; 0 when the log does
 *     not count them (ZFS names files only)
 * @param atLeast whether more places may be hit than were counted
 * @param repaired places that the file system repaired from another copy
 * @param lost places that scrub could not repair
 * @param readErrors lines that tell of a failed read instead of a wrong checksum
 * @param firstOffset bytes from the file's beginning; empty when no line tells
 * @param mirrors numbers of the copies that were found wrong by reading, as btrfs counts from 1
 * @param directSeen whether the kernel tells of direct I/O on the file
 */
public record Damage(
    long blocks,
    boolean atLeast,
    long repaired,
    long lost,
    long readErrors,
    OptionalLong firstOffset,
    OptionalLong lastOffset,
    List<Long> mirrors,
    boolean directSeen) {
  public Damage {
    mirrors = List.copyOf(mirrors);
  }

  /** Whether every place that is known was repaired from another copy. */
  boolean isRepaired() {
    return lost == 0 && repaired > 0 && repaired >= blocks && !atLeast;
  }

  /** {@code 3 blocks are damaged}, as a clause. */
  String words() {
    if (blocks == 0) {
      return repaired > 0
          ? count(repaired, "block") + was(repaired) + " repaired"
          : "it is damaged";
    }
    String counted = (atLeast ? "at least " : "") + count(blocks, "block");
    if (isRepaired()) {
      return counted + was(blocks) + " damaged and repaired";
    }
    return counted + (blocks == 1 ? " is" : " are") + " damaged";
  }

  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String was(long number) {
    return number == 1 ? " was" : " were";
  }
}
