package dev.policyctl.diagnose;

/**
 * A device's error counters since they were last reset: those of btrfs, or the columns of {@code
 * zpool status}, where {@code corruption} is CKSUM.
 *
 * @param name without {@code /dev/}
 */
public record DeviceErrors(
    String name, long write, long read, long flush, long corruption, long generation) {

  /** Whether the device itself failed to do what it was told, or lost a write. */
  boolean hasFailed() {
    return write > 0 || read > 0 || flush > 0 || generation > 0;
  }

  boolean isClean() {
    return !hasFailed() && corruption == 0;
  }

  /** The counters only grow, and log lines come in any order. */
  DeviceErrors atLeast(DeviceErrors other) {
    return new DeviceErrors(
        name,
        Math.max(write, other.write),
        Math.max(read, other.read),
        Math.max(flush, other.flush),
        Math.max(corruption, other.corruption),
        Math.max(generation, other.generation));
  }
}
