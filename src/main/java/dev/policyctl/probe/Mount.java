package dev.policyctl.probe;

import java.util.List;

/**
 * One line of {@code /proc/self/mountinfo} (proc(5)), escapes undone.
 *
 * @param device major and minor number, {@code 8:1}
 * @param root the directory of the file system that is seen at the mount point
 * @param options of the mount, then those of the file system that the mount does not name
 */
record Mount(
    int id,
    int parent,
    String device,
    String root,
    String mountPoint,
    List<String> options,
    String type,
    String source) {
  Mount {
    options = List.copyOf(options);
  }

  boolean holds(String path) {
    return holds(mountPoint, path);
  }

  /** Whether an absolute path is a mount point or lies below it. */
  static boolean holds(String mountPoint, String path) {
    return mountPoint.equals("/")
        || (path.startsWith(mountPoint)
            && (path.length() == mountPoint.length() || path.charAt(mountPoint.length()) == '/'));
  }
}
