package dev.policyctl.diagnose;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code btrfs scrub status} says of one run, of the file system or of one of its devices.
 *
 * @param uuid of the file system; empty when no line tells
 * @param device without {@code /dev/}; empty for the sum over all devices
 * @param started as it is printed; empty when no line tells
 * @param status {@code finished}, {@code aborted}, {@code running}, …; empty when no line tells
 * @param counts by name: {@code csum}, {@code read}, {@code verify}, {@code super}, {@code
 *     corrected}, {@code uncorrectable}, {@code unverified} count errors, of each copy its own;
 *     {@code no_csum} counts sectors without a checksum
 */
public record ScrubRun(
    String uuid, String device, String started, String status, SortedMap<String, Long> counts) {
  public ScrubRun {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  public long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** Errors of any kind, repaired ones too. */
  public long errors() {
    return count("csum") + count("read") + count("verify") + count("super");
  }

  boolean isSameRunAs(ScrubRun other) {
    return uuid.equals(other.uuid) && device.equals(other.device) && started.equals(other.started);
  }

  /** Both texts of one run: the plain form and {@code -R} count different things. */
  ScrubRun with(ScrubRun other) {
    SortedMap<String, Long> both = new TreeMap<>(counts);
    other.counts.forEach((name, count) -> both.merge(name, count, Math::max));
    return new ScrubRun(uuid, device, started, status.isEmpty() ? other.status : status, both);
  }
}
