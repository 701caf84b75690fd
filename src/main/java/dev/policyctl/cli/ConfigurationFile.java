package dev.policyctl.cli;

import dev.policyctl.lint.Configuration;
import java.nio.file.Path;

/**
 * A {@code .policyctl.yaml} that was read.
 *
 * @param directory the one that it lies in and that its paths are relative to
 */
record ConfigurationFile(Path directory, Configuration configuration) {

  /** A path that the configuration names. */
  String resolve(String name) {
    return directory.resolve(name).toString();
  }

  /** Whether it leaves this path out of walks. */
  boolean excludes(Path path) {
    Path relative = directory.relativize(path);
    return configuration.exclude().stream()
        .anyMatch(glob -> path.getFileSystem().getPathMatcher("glob:" + glob).matches(relative));
  }
}
