package dev.policyctl.probe;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The subvolumes of one btrfs, from {@code btrfs subvolume list -a}: {@code ID 257 gen 8 top level
 * 256 path images/100}. With {@code -a} every path begins at the top of the file system, and those
 * elsewhere than directly in the mounted subvolume have {@code <FS_TREE>/} before it; without, a
 * path begins at the mount where it lies below it (btrfs-progs 6.2).
 */
final class Subvolumes {
  /** Id of the top of every btrfs (btrfs(5)). */
  private static final long TOP = 5;

  private static final String ELSEWHERE = "<FS_TREE>/";

  private final Map<String, Long> idByPath = new HashMap<>();

  Subvolumes(String list) {
    list.lines().forEach(this::add);
  }

  private void add(String line) {
    String[] words = line.split(" ", 9);
    if (words.length == 9 && words[0].equals("ID") && words[7].equals("path")) {
      try {
        String path = words[8];
        idByPath.put(
            path.startsWith(ELSEWHERE) ? path.substring(ELSEWHERE.length()) : path,
            Long.parseLong(words[1]));
      } catch (NumberFormatException e) {
        // Not a line of the list.
      }
    }
  }

  /**
   * The id of the subvolume that holds a file.
   *
   * @param path absolute, on the host, without symbolic links
   * @param mount the mount on which it lies
   */
  OptionalLong holding(Mount mount, String path) {
    String mountPoint = mount.mountPoint().equals("/") ? "" : mount.mountPoint();
    String inside = mount.root().equals("/") ? "" : mount.root();
    String place = inside + path.substring(mountPoint.length());
    for (int end = place.length(); end > 0; end = place.lastIndexOf('/', end - 1)) {
      Long id = idByPath.get(place.substring(1, end));
      if (id != null) {
        return OptionalLong.of(id);
      }
    }
    return OptionalLong.of(TOP);
  }
}
