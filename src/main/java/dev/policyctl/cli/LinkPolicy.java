package dev.policyctl.cli;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Which files may be written through a symbolic link that was named: those in the same repository
 * as the link, or in its directory or below where there is no repository.
 */
final class LinkPolicy {
  private LinkPolicy() {}

  static void check(InputFile file) throws WriteFailure {
    Path named = Path.of(file.display()).toAbsolutePath();
    try {
      Path directory = named.getParent().toRealPath();
      Path tree = Repository.rootOf(directory).orElse(directory);
      if (!file.path().startsWith(tree)) {
        throw WriteFailure.ofUnchanged(
            "it is a symbolic link to `" + file.path() + "`, outside of `" + tree + "`",
            "name that file itself");
      }
    } catch (IOException e) {
      throw WriteFailure.ofUnchanged(
          "cannot tell where it lies: " + DefinitionReader.reason(e), "run the command again");
    }
  }
}
