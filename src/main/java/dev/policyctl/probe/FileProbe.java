package dev.policyctl.probe;

import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.model.HostFacts.Loop;
import dev.policyctl.probe.Commands.Output;
import dev.policyctl.probe.Paths.Look;
import dev.policyctl.probe.Paths.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Images, and the directories in which images that do not exist yet will be made. */
final class FileProbe {
  private static final Set<String> WITH_NOCOW = Set.of("btrfs", "bcachefs");

  private final List<Mount> mounts;
  private final Map<String, Loop> loops;
  private final Paths paths;
  private final Commands commands;
  private final Patience patience;
  private final Notes notes;
  private final Set<String> silentMountPoints = new HashSet<>();
  private final Map<String, Optional<Subvolumes>> subvolumesByDevice = new HashMap<>();

  /** A path that was found, under the name that was asked for. */
  private record Seen(String path, Look look, Optional<Mount> mount) {
    boolean isOn(Set<String> types) {
      return mount.isPresent() && types.contains(mount.get().type());
    }
  }

  FileProbe(
      List<Mount> mounts,
      Map<String, Loop> loops,
      Paths paths,
      Commands commands,
      Patience patience,
      Notes notes) {
    this.mounts = mounts;
    this.loops = loops;
    this.paths = paths;
    this.commands = commands;
    this.patience = patience;
    this.notes = notes;
  }

  /** The paths in their order, then the files behind loop devices that are not among them. */
  List<HostFile> read(Collection<String> asked) {
    Map<String, Seen> seen = new LinkedHashMap<>();
    asked.forEach(path -> look(path, true).ifPresent(found -> seen.putIfAbsent(found.path, found)));
    Set<String> known = new HashSet<>();
    seen.values().forEach(found -> known.add(found.look.realPath()));
    for (String file : loops.keySet()) {
      if (!known.contains(file)) {
        look(file, false).ifPresent(found -> seen.putIfAbsent(found.path, found));
      }
    }
    InodeFlags flags =
        InodeFlags.read(
            commands,
            seen.values().stream()
                .filter(found -> found.isOn(WITH_NOCOW))
                .map(found -> found.look.realPath())
                .distinct()
                .toList());
    List<HostFile> files = new ArrayList<>();
    seen.values().forEach(found -> files.add(file(found, flags)));
    return files;
  }

  private Optional<Seen> look(String path, boolean asked) {
    Optional<Look> answer = touch(path);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    Look look = answer.get();
    if (look.state() == State.UNREADABLE) {
      complain(asked, path, "cannot be read: " + look.trouble());
      return Optional.empty();
    }
    if (look.state() == State.ABSENT) {
      return asked ? directoryAbove(path) : Optional.empty();
    }
    if (!look.trouble().isEmpty()) {
      complain(asked, path, look.trouble());
    }
    return Optional.of(new Seen(path, look, MountProbe.holding(mounts, look.realPath())));
  }

  // A file that is made later inherits the flag of its directory.
  private Optional<Seen> directoryAbove(String path) {
    for (int end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
      String directory = end == 0 ? "/" : path.substring(0, end);
      Optional<Look> look = touch(directory);
      boolean absent = look.isPresent() && look.get().state() == State.ABSENT;
      if (!absent || end == 0) {
        notes.warning(
            path, "does not exist: the facts are those of `" + directory + "` instead", "");
        return look.filter(found -> found.state() == State.DIRECTORY)
            .map(found -> new Seen(directory, found, MountProbe.holding(mounts, found.realPath())));
      }
    }
    return Optional.empty();
  }

  /** Looks in bounded time. After a mount did not answer once, nothing on it is touched. */
  private Optional<Look> touch(String path) {
    Optional<Mount> mount = MountProbe.holding(mounts, path);
    String mountPoint = mount.map(Mount::mountPoint).orElse("/");
    if (silentMountPoints.contains(mountPoint)) {
      complainOfSilence(path, mountPoint);
      return Optional.empty();
    }
    Optional<Look> look = patience.call(() -> paths.look(path));
    if (look.isEmpty()) {
      boolean mountAnswers = patience.call(() -> paths.look(mountPoint)).isPresent();
      if (!mountAnswers && !patience.isExhausted()) {
        silentMountPoints.add(mountPoint);
      }
      complainOfSilence(path, mountAnswers ? path : mountPoint);
    }
    return look;
  }

  private void complainOfSilence(String path, String silent) {
    notes.error(
        path,
        "is not known: `" + silent + "` does not answer",
        "see whether its server or daemon is alive; unmount it with `umount -l` if it is not");
  }

  private void complain(boolean asked, String path, String message) {
    String help = message.endsWith("permission denied") ? "run `policyctl probe` as root" : "";
    if (asked) {
      notes.error(path, message, help);
    } else {
      notes.warning(path, message, help);
    }
  }

  private HostFile file(Seen seen, InodeFlags flags) {
    String real = seen.look.realPath();
    if (!flags.trouble(real).isEmpty()) {
      notes.warning(
          seen.path,
          "its flags are not known: " + flags.trouble(real),
          "install `e2fsprogs`, which has `lsattr`, or run `policyctl probe` as root");
    }
    boolean btrfs = seen.isOn(Set.of("btrfs"));
    return new HostFile(
        seen.path,
        flags.has(real, 'C'),
        flags.has(real, 'c'),
        Optional.of(seen.look.state() == State.DIRECTORY),
        seen.look.opensDirect(),
        btrfs ? seen.look.inode() : OptionalLong.empty(),
        btrfs && seen.look.inode().isPresent()
            ? root(seen.mount.orElseThrow(), real)
            : OptionalLong.empty(),
        Optional.ofNullable(loops.get(real)),
        Optional.empty());
  }

  private OptionalLong root(Mount mount, String path) {
    return subvolumesByDevice
        .computeIfAbsent(mount.device(), device -> subvolumes(mount))
        .map(subvolumes -> subvolumes.holding(mount, path))
        .orElse(OptionalLong.empty());
  }

  private Optional<Subvolumes> subvolumes(Mount mount) {
    Output list = commands.run(List.of("btrfs", "subvolume", "list", "-a", mount.mountPoint()));
    if (list.succeeded()) {
      return Optional.of(new Subvolumes(list.out()));
    }
    notes.warning(
        mount.mountPoint(),
        "the subvolumes are not known, so a kernel's message about a file there cannot be"
            + " traced back: "
            + list.reason("btrfs subvolume list"),
        "install `btrfs-progs`, and run `policyctl probe` as root");
    return Optional.empty();
  }
}
