package dev.policyctl.cli;

import dev.policyctl.lint.Configuration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The files that a commit changes. All definitions of their repository are read, because they refer
 * to one another; those that changed count, and all of them where a document changed that others
 * are judged with.
 */
final class ChangedFiles {
  private static final Set<String> CONTEXT_NAMES = Set.of("storage.cfg", Configuration.FILE_NAME);

  /** More is taken for such a document than is one: then more is told, and nothing is missed. */
  private static final Pattern CONTEXT_TEXT =
      Pattern.compile(
          "\\bkind\\b[\"']?\\s*:\\s*[\"']?(HostFacts|StoragePolicy(Exception)?|StorageClass"
              + "|PersistentVolume|StorageProfile|VirtualMachine(Cluster)?Preference)\\b"
              + "|<pool\\b|policyctl\\.dev/baseline");

  /** By the path with links of its directory resolved, as it was named. */
  private final Map<Path, String> files = new LinkedHashMap<>();

  private final Set<Path> repositories = new TreeSet<>();
  private boolean contextChanged;

  /**
   * @param arguments paths of files in a repository
   */
  ChangedFiles(List<String> arguments) throws IOException {
    for (String argument : arguments) {
      add(argument);
    }
  }

  private void add(String argument) throws IOException {
    Path path = Path.of(argument).toAbsolutePath().normalize();
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || argument.equals(InputFile.STDIN)) {
      throw new UsageException(
          "`--changed` takes files, and `" + argument + "` is none",
          "name the files that a commit changes, as pre-commit does");
    }
    Path parent = path.getParent();
    Path directory = Files.isDirectory(parent) ? parent.toRealPath() : parent;
    Path repository =
        Repository.rootOf(directory)
            .orElseThrow(
                () ->
                    new UsageException(
                        "`" + argument + "` lies in no repository",
                        "run it in a git repository, or leave `--changed` out"));
    repositories.add(repository);
    Path real = directory.resolve(path.getFileName());
    files.put(real, argument);
    contextChanged |= isContext(real);
  }

  private static boolean isContext(Path file) {
    if (CONTEXT_NAMES.contains(file.getFileName().toString())) {
      return true;
    }
    try {
      return Files.isRegularFile(file)
          && Files.size(file) <= DefinitionReader.MAX_BYTES
          && CONTEXT_TEXT
              .matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
              .find();
    } catch (IOException e) {
      return false; // Whoever judges it tells that it cannot be read.
    }
  }

  /** Lists the definitions of the repositories, and what is named though git ignores it. */
  void addTo(FileWalk walk) {
    repositories.forEach(walk::addRepository);
    files.forEach(walk::addChanged);
  }

  boolean counts(InputFile file) {
    return contextChanged || files.containsKey(file.path());
  }
}
