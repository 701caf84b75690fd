package dev.policyctl.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that may be a definition.
 *
 * @param path where it lies; nothing lies there for standard input
 * @param display its name for people, as it follows from the command line; {@code -} for standard
 *     input
 * @param fullPath with links resolved; empty for standard input
 * @param directory with links resolved; the one whose context holds for it
 * @param top the directory at which the search for a context ends; empty when there is none
 * @param named it was itself named on the command line
 * @param content what it holds, as often as it is asked for
 */
record InputFile(
    Path path,
    String display,
    String fullPath,
    Path directory,
    Optional<Path> top,
    boolean named,
    Content content) {
  static final String STDIN = "-";

  /** Opens a file's bytes. */
  interface Content {
    InputStream open() throws IOException;
  }

  static InputFile of(
      Path path,
      String display,
      String fullPath,
      Path directory,
      Optional<Path> top,
      boolean named) {
    return new InputFile(
        path, display, fullPath, directory, top, named, () -> Files.newInputStream(path));
  }

  boolean isStdin() {
    return display.equals(STDIN);
  }

  InputStream open() throws IOException {
    return content.open();
  }
}
