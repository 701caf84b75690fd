package dev.policyctl.probe;

import dev.policyctl.probe.Commands.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The inode flags of files, as {@code lsattr} prints them: a column of letters, a blank, the path.
 * Java has no way to the ioctl.
 */
final class InodeFlags {
  /** Far below the kernel's limit on the arguments of one command. */
  private static final int MAX_BATCH_CHARS = 64 << 10;

  private static final int MAX_BATCH = 500;

  private final Map<String, String> byPath = new HashMap<>();
  private final Map<String, String> troubleByPath = new HashMap<>();

  /** Asks for all of them, a command for some hundreds at a time. */
  static InodeFlags read(Commands commands, List<String> paths) {
    InodeFlags flags = new InodeFlags();
    List<String> batch = new ArrayList<>();
    int chars = 0;
    for (String path : paths) {
      // A path of several lines is asked for alone: its lines are then all there is.
      boolean alone = path.indexOf('\n') >= 0;
      if (alone || batch.size() == MAX_BATCH || chars + path.length() > MAX_BATCH_CHARS) {
        flags.ask(commands, batch);
        batch = new ArrayList<>();
        chars = 0;
      }
      batch.add(path);
      chars += path.length();
      if (alone) {
        flags.ask(commands, batch);
        batch = new ArrayList<>();
        chars = 0;
      }
    }
    flags.ask(commands, batch);
    return flags;
  }

  private void ask(Commands commands, List<String> paths) {
    if (paths.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("lsattr", "-d", "--"));
    command.addAll(paths);
    Output output = commands.run(command);
    if (paths.size() == 1 && paths.get(0).indexOf('\n') >= 0) {
      take(output.out().strip());
    } else {
      output.out().lines().forEach(this::take);
    }
    for (String path : paths) {
      if (!byPath.containsKey(path)) {
        troubleByPath.put(path, output.reason("lsattr"));
      }
    }
  }

  private void take(String line) {
    int blank = line.indexOf(' ');
    if (blank > 0) {
      byPath.put(line.substring(blank + 1), line.substring(0, blank));
    }
  }

  /** Whether a file has the flag with this letter; nothing when its flags are not known. */
  Optional<Boolean> has(String path, char letter) {
    return Optional.ofNullable(byPath.get(path)).map(flags -> flags.indexOf(letter) >= 0);
  }

  /** Why the flags of a file are not known; empty when they are. */
  String trouble(String path) {
    return troubleByPath.getOrDefault(path, "");
  }
}
