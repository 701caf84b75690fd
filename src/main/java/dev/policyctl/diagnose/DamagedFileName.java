package dev.policyctl.diagnose;

import java.util.List;

/**
 * The names of a damaged file, as messages and commands need them.
 *
 * @param paths absolute ones first
 */
record DamagedFileName(FileId id, List<String> paths) {
  String device() {
    return id.device();
  }

  /** The first absolute path, or {@code other} when none is known. */
  String absolutePathOr(String other) {
    return paths.stream().filter(path -> path.startsWith("/")).findFirst().orElse(other);
  }

  /** Whether ZFS names it by dataset and object alone: {@code tank/vm:<0x77>}. */
  boolean isObject() {
    return !paths.isEmpty() && paths.get(0).contains(":<0x");
  }

  String anyName() {
    return paths.isEmpty() ? numbers() : paths.get(0);
  }

  /** For a message: the path, shortened when it is long, or the numbers. */
  String shortName() {
    return paths.isEmpty() ? numbers() : Printable.shortName(paths.get(0));
  }

  /** {@code inode 257 of root 450 on sda5}; empty for a file that is named by path. */
  String numbers() {
    if (id.inode().isEmpty()) {
      return "";
    }
    String root = id.root().isPresent() ? " of root " + id.root().getAsLong() : "";
    String device = id.device().isEmpty() ? "" : " on " + Printable.escaped(id.device());
    return "inode " + id.inode().getAsLong() + root + device;
  }
}
