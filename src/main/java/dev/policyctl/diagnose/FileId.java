package dev.policyctl.diagnose;

import java.util.Comparator;
import java.util.OptionalLong;

/**
 * How a log names a file.
 *
 * @param device the file system's, or the ZFS pool; empty when the line does not tell
 * @param path only where there are no numbers: ZFS names files by path
 */
record FileId(String device, OptionalLong root, OptionalLong inode, String path) {
  static final Comparator<FileId> ORDER =
      Comparator.comparing(FileId::device)
          .thenComparingLong(id -> id.root.orElse(Long.MAX_VALUE))
          .thenComparingLong(id -> id.inode.orElse(Long.MAX_VALUE))
          .thenComparing(FileId::path);

  static FileId of(String device, OptionalLong root, long inode) {
    return new FileId(device, root, OptionalLong.of(inode), "");
  }

  static FileId ofPath(String device, String path) {
    return new FileId(device, OptionalLong.empty(), OptionalLong.empty(), path);
  }

  FileId withoutRoot() {
    return new FileId(device, OptionalLong.empty(), inode, path);
  }
}
