package dev.policyctl.hook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * One file that a hook consists of. A line of its own marks it; a file without it is somebody
 * else's and is never touched.
 *
 * @param text what it is to hold, with the mark
 */
public record HookFile(Path path, String text, boolean isExecutable) {
  private static final String MARK = "# policyctl-hook: ";
  private static final int MAX_BYTES = 1 << 20;

  static String mark(String hook) {
    return MARK + "made by `policyctl hook install " + hook + "`";
  }

  /** What lies at the path. */
  public enum State {
    ABSENT,
    INSTALLED,
    /** Ours, with another text or mode: of another version, or edited. */
    OUTDATED,
    FOREIGN
  }

  public State state() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return State.ABSENT;
    }
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > MAX_BYTES) {
      return State.FOREIGN;
    }
    String found = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    if (found.lines().noneMatch(line -> line.startsWith(MARK))) {
      return State.FOREIGN;
    }
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    boolean same =
        found.equals(new String(wanted, StandardCharsets.ISO_8859_1))
            && Files.isExecutable(path) == isExecutable;
    return same ? State.INSTALLED : State.OUTDATED;
  }

  /** Whole or not at all: a half-written script could refuse every guest. */
  void write() throws IOException {
    Files.createDirectories(path.getParent());
    Path copy = path.resolveSibling("." + path.getFileName() + ".new");
    Files.deleteIfExists(copy);
    Files.createFile(copy);
    Files.setPosixFilePermissions(
        copy, PosixFilePermissions.fromString(isExecutable ? "rwxr-xr-x" : "rw-r--r--"));
    Files.writeString(copy, text);
    Files.move(copy, path, StandardCopyOption.ATOMIC_MOVE);
  }

  void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
