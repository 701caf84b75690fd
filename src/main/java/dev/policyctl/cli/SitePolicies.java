package dev.policyctl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine's own policies, for where neither the command line nor a configuration names any. An
 * installed program's launcher says where they would be with the property {@code
 * policyctl.policies}; from a checkout there are none, so that verdicts do not depend on the
 * machine.
 */
final class SitePolicies {
  private static final String FOLDER = "policyctl.policies";

  private SitePolicies() {}

  /** Their folder, or nothing where it holds no policy. */
  static List<String> folder() {
    String name = System.getProperty(FOLDER, "");
    if (name.isEmpty() || !Files.isDirectory(Path.of(name))) {
      return List.of();
    }
    try {
      return PolicyFiles.policyFiles(Path.of(name)).isEmpty() ? List.of() : List.of(name);
    } catch (IOException e) {
      // Named all the same: who reads it tells that it cannot be read.
      return List.of(name);
    }
  }
}
