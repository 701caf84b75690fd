package dev.policyctl.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Git repositories, as far as paths tell. */
final class Repository {
  private Repository() {}

  /** The root of the repository that a directory lies in: the nearest that has a {@code .git}. */
  static Optional<Path> rootOf(Path directory) {
    for (Path at = directory; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }
}
