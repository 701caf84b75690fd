package dev.policyctl.cli;

import java.nio.file.Path;

/** The name of a file that nobody named: relative where it lies below the working directory. */
final class Display {
  private static final Path HERE = Path.of("").toAbsolutePath();

  private Display() {}

  static String of(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(HERE) ? HERE.relativize(absolute).toString() : path.toString();
  }
}
