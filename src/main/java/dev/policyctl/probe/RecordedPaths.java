package dev.policyctl.probe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Files of a recorded tree: it shows what is a file and what a directory. Inode numbers and what
 * O_DIRECT meets are those of the place where the tree lies, so they stay unknown.
 */
final class RecordedPaths implements Paths {
  private final Path root;

  RecordedPaths(Path root) {
    this.root = root;
  }

  @Override
  public Look look(String path) {
    Path file = root.resolve(path.substring(1));
    State state =
        Files.isDirectory(file)
            ? State.DIRECTORY
            : Files.isRegularFile(file) ? State.FILE : State.ABSENT;
    return new Look(state, path, OptionalLong.empty(), Optional.empty(), "");
  }
}
