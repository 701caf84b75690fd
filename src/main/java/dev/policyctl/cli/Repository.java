package dev.policyctl.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Where a collection of definitions has its root, as far as paths tell. */
final class Repository {
  private Repository() {}

  /**
   * The root of what a directory lies in: the git repository, the nearest directory that has a
   * {@code .git}; else the Proxmox cluster's configuration or a copy of it, the nearest that has
   * {@code storage.cfg} and {@code nodes}.
   */
  static Optional<Path> rootOf(Path directory) {
    return nearest(directory, at -> Files.exists(at.resolve(".git")))
        .or(
            () ->
                nearest(
                    directory,
                    at ->
                        Files.isRegularFile(at.resolve("storage.cfg"))
                            && Files.isDirectory(at.resolve("nodes"))));
  }

  private static Optional<Path> nearest(Path directory, Predicate<Path> isRoot) {
    for (Path at = directory; at != null; at = at.getParent()) {
      if (isRoot.test(at)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }
}
