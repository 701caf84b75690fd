package dev.policyctl.probe;

import dev.policyctl.source.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The mounts of a host, in the order of the kernel's list, without touching any of them. */
final class MountProbe {
  private static final String MOUNTINFO = "/proc/self/mountinfo";

  /** Below the root of another mount namespace {@code self} has this process' own mounts. */
  private static final String OF_THE_HOST = "/proc/1/mountinfo";

  /** File systems in which no image can lie. */
  private static final Set<String> WITHOUT_FILES_OF_USERS =
      Set.of(
          "binfmt_misc",
          "bpf",
          "cgroup",
          "cgroup2",
          "configfs",
          "debugfs",
          "devpts",
          "efivarfs",
          "fuse.lxcfs",
          "fusectl",
          "mqueue",
          "nsfs",
          "proc",
          "pstore",
          "rootfs",
          "rpc_pipefs",
          "securityfs",
          "selinuxfs",
          "sysfs",
          "tracefs");

  private MountProbe() {}

  /** The mounts that a path can lead to and that can hold images. */
  static List<Mount> read(HostTree tree, Notes notes) {
    boolean isElsewhere = !tree.isRunning() && tree.exists(OF_THE_HOST);
    Optional<String> text = tree.read(isElsewhere ? OF_THE_HOST : MOUNTINFO);
    if (text.isEmpty()) {
      notes.error(
          MOUNTINFO,
          "the mounts are not known: there is no `" + MOUNTINFO + "`",
          "mount `/proc`, or name a recorded tree that has it with `--root`");
      return List.of();
    }
    return visible(parse(text.get(), notes)).stream()
        .filter(mount -> !WITHOUT_FILES_OF_USERS.contains(mount.type()))
        .toList();
  }

  private static List<Mount> parse(String text, Notes notes) {
    List<Mount> mounts = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isEmpty()) {
        continue;
      }
      Optional<Mount> mount = MountLine.parse(line);
      if (mount.isEmpty() || line.indexOf('\uFFFD') >= 0) {
        notes.warning(
            new Location(MOUNTINFO, number, 1, number, 1),
            mount.isEmpty() ? "not a line of mountinfo" : "the mount's name is not UTF-8",
            "the mount is left out");
      } else if (!mount.get().mountPoint().endsWith("//deleted")) {
        mounts.add(mount.get());
      }
    }
    return mounts;
  }

  /**
   * Leaves out what another mount covers: one on the same mount point, or one on a directory above
   * it that was mounted later on the same parent.
   */
  static List<Mount> visible(List<Mount> mounts) {
    Map<Integer, Set<String>> mountPointsOnParent = new HashMap<>();
    Map<Integer, Mount> byId = new HashMap<>();
    for (Mount mount : mounts) {
      if (mount.parent() != mount.id()) {
        mountPointsOnParent
            .computeIfAbsent(mount.parent(), parent -> new HashSet<>())
            .add(mount.mountPoint());
      }
      byId.put(mount.id(), mount);
    }
    Map<Integer, Boolean> reachable = new HashMap<>();
    return mounts.stream()
        .filter(mount -> isReachable(mount, byId, mountPointsOnParent, reachable))
        .filter(mount -> !on(mountPointsOnParent, mount.id()).contains(mount.mountPoint()))
        .toList();
  }

  // Iterative: stacks of mounts have no bound on their height.
  private static boolean isReachable(
      Mount mount,
      Map<Integer, Mount> byId,
      Map<Integer, Set<String>> mountPointsOnParent,
      Map<Integer, Boolean> known) {
    List<Mount> path = new ArrayList<>();
    Optional<Mount> next = Optional.of(mount);
    boolean reachable = true;
    while (reachable && next.isPresent() && path.size() <= byId.size()) {
      Mount at = next.get();
      Boolean answer = known.get(at.id());
      if (answer != null) {
        reachable = answer;
        break;
      }
      path.add(at);
      reachable = !isCovered(at, on(mountPointsOnParent, at.parent()));
      next = at.parent() == at.id() ? Optional.empty() : Optional.ofNullable(byId.get(at.parent()));
    }
    for (Mount passed : path) {
      known.put(passed.id(), reachable);
    }
    return reachable;
  }

  private static boolean isCovered(Mount mount, Set<String> siblings) {
    String path = mount.mountPoint();
    for (int end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
      String above = end == 0 ? "/" : path.substring(0, end);
      if (!above.equals(path) && siblings.contains(above)) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> on(Map<Integer, Set<String>> mountPointsOnParent, int parent) {
    return mountPointsOnParent.getOrDefault(parent, Set.of());
  }

  /** The mount on which an absolute path lies by its name; of two on one point the later. */
  static Optional<Mount> holding(List<Mount> mounts, String path) {
    Mount best = null;
    for (Mount mount : mounts) {
      if (mount.holds(path)
          && (best == null || mount.mountPoint().length() >= best.mountPoint().length())) {
        best = mount;
      }
    }
    return Optional.ofNullable(best);
  }
}
