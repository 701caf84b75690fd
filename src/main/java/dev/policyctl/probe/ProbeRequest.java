package dev.policyctl.probe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to read.
 *
 * @param root {@code /} for the running host; else a recorded tree, in which {@code proc}, {@code
 *     sys} and the images lie under their own paths and the output of commands under {@code
 *     commands}
 * @param paths absolute paths, on the host, of images and of directories in which images are made
 * @param hostName absent: the name by which the kernel knows itself
 */
public record ProbeRequest(Path root, List<String> paths, Optional<String> hostName) {
  public ProbeRequest {
    paths = paths.stream().map(ProbeRequest::checked).toList();
  }

  private static String checked(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("not an absolute path: " + path);
    }
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /** The running host under its own name. */
  public static ProbeRequest ofThisHost(List<String> paths) {
    return new ProbeRequest(Path.of("/"), paths, Optional.empty());
  }
}
