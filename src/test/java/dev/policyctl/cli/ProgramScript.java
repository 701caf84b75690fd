package dev.policyctl.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An executable that runs this build of the program, for tests in which others call it. */
final class ProgramScript {
  private ProgramScript() {}

  /**
   * @param last arguments that it adds to those that it is called with
   */
  static Path write(Path file, String... last) throws IOException {
    String path =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\" %s\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                path,
                Policyctl.class.getName(),
                String.join(" ", last)));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
