package dev.policyctl.probe;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalLong;

/** The files of the running host. */
final class LivePaths implements Paths {

  @Override
  public Look look(String name) {
    try {
      Path real = Path.of(name).toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      OptionalLong inode = OptionalLong.of((Long) Files.getAttribute(real, "unix:ino"));
      State state = state(attributes);
      if (state != State.FILE) {
        return new Look(state, real.toString(), inode, Optional.empty(), "");
      }
      return file(real, inode);
    } catch (NoSuchFileException e) {
      return nothing(State.ABSENT, name, "");
    } catch (IOException e) {
      return nothing(State.UNREADABLE, name, reason(e));
    } catch (InvalidPathException e) {
      return nothing(
          State.UNREADABLE, name, "the locale cannot express its name; `LC_ALL=C.UTF-8` can");
    }
  }

  private static Look file(Path real, OptionalLong inode) {
    try {
      Optional<Boolean> direct = DirectOpen.isPossible(real);
      return new Look(State.FILE, real.toString(), inode, direct, "");
    } catch (IOException e) {
      String trouble = "whether it opens with O_DIRECT is not known: " + reason(e);
      return new Look(State.FILE, real.toString(), inode, Optional.empty(), trouble);
    }
  }

  private static State state(BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      return State.DIRECTORY;
    }
    return attributes.isRegularFile() ? State.FILE : State.OTHER;
  }

  private static Look nothing(State state, String path, String trouble) {
    return new Look(state, path, OptionalLong.empty(), Optional.empty(), trouble);
  }

  /** Why a file could not be used, in the words of a message. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof NoSuchFileException
        ? "there is no `" + e.getMessage() + "`"
        : String.valueOf(e.getMessage());
  }
}
