package dev.policyctl.cli;

import dev.policyctl.lint.FileResult;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * The files that the arguments of a command name. A directory is walked; links in it are not
 * followed, hidden and git-ignored files are left out. Each file is listed once, in the order of
 * the displayed paths.
 */
final class FileWalk {
  private final BiPredicate<Path, Path> excluded;
  private final Map<Path, InputFile> files = new LinkedHashMap<>();
  private final List<FileResult> problems = new ArrayList<>();
  private final Map<Path, String> namedDirectories = new LinkedHashMap<>();

  /**
   * @param excluded whether a configuration leaves a path out, given the top of the walk too
   */
  FileWalk(BiPredicate<Path, Path> excluded) {
    this.excluded = excluded;
  }

  /** The files in the order of their displayed paths. */
  List<InputFile> files() {
    List<InputFile> sorted = new ArrayList<>(files.values());
    sorted.sort((a, b) -> a.display().compareTo(b.display()));
    return sorted;
  }

  /** What could not be listed. */
  List<FileResult> problems() {
    return Collections.unmodifiableList(problems);
  }

  /** The directories that were named, with links resolved, and as they were named. */
  Map<Path, String> namedDirectories() {
    return Collections.unmodifiableMap(namedDirectories);
  }

  void add(InputFile file) {
    files.put(file.path(), file);
  }

  void add(String argument) {
    try {
      if (argument.equals(InputFile.STDIN)) {
        addStdin();
        return;
      }
      Path path = Path.of(argument);
      Path real = path.toRealPath();
      if (Files.isDirectory(real)) {
        namedDirectories.put(real, argument);
        Path top = Repository.rootOf(real).orElse(real);
        walk(path.normalize(), real, top, IgnoreRules.above(top, real));
      } else {
        addNamed(path, real);
      }
    } catch (IOException e) {
      fail(argument, e);
    }
  }

  /** A folder that is a context of its own, or a file without any. */
  void addWorld(Path path) {
    try {
      Path real = path.toRealPath();
      if (Files.isDirectory(real)) {
        namedDirectories.put(real, path.toString());
        walk(path, real, real, IgnoreRules.NONE);
      } else {
        files.put(
            real,
            InputFile.of(
                real, path.toString(), real.toString(), directoryOf(real), Optional.empty(), true));
      }
    } catch (IOException e) {
      fail(path.toString(), e);
    }
  }

  /** All of a repository, seen from the working directory. */
  void addRepository(Path root) {
    try {
      Path here = Path.of("").toRealPath();
      walk(here.relativize(root), root, root, IgnoreRules.above(root, root));
    } catch (IOException e) {
      fail(root.toString(), e);
    }
  }

  /**
   * A file that is looked at like those of a walk, whether git ignores it or not.
   *
   * @param path with links of its directory resolved
   */
  void addChanged(Path path, String argument) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Path directory = directoryOf(path);
      Path top = Repository.rootOf(directory).orElse(directory);
      if (attributes.isRegularFile() && !excluded.test(path, top)) {
        files.putIfAbsent(
            path,
            InputFile.of(path, argument, path.toString(), directory, Optional.of(top), false));
      }
    } catch (IOException e) {
      fail(argument, e);
    }
  }

  private void addStdin() throws IOException {
    Path here = Path.of("").toRealPath();
    Path top = Repository.rootOf(here).orElse(here.getRoot());
    Path key = Path.of(InputFile.STDIN);
    byte[] bytes = System.in.readNBytes(DefinitionReader.MAX_BYTES + 1);
    files.put(
        key,
        new InputFile(
            key,
            InputFile.STDIN,
            "",
            here,
            Optional.of(top),
            true,
            () -> new ByteArrayInputStream(bytes)));
  }

  private void addNamed(Path path, Path real) {
    Path directory = directoryOf(real);
    Path top = Repository.rootOf(directory).orElse(directory.getRoot());
    files.put(
        real,
        InputFile.of(real, path.toString(), real.toString(), directory, Optional.of(top), true));
  }

  private static Path directoryOf(Path real) {
    Path parent = real.getParent();
    return parent == null ? real : parent;
  }

  private void walk(Path shown, Path directory, Path top, IgnoreRules above) {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(entry -> names.add(directory.relativize(entry)));
    } catch (IOException e) {
      fail(shown.toString(), e);
      return;
    } catch (java.nio.file.DirectoryIteratorException e) {
      fail(shown.toString(), e.getCause());
      return;
    }
    IgnoreRules rules = above.below(directory, names);
    for (Path name : names) {
      visit(shown, directory, name, top, rules);
    }
  }

  private void visit(Path shown, Path directory, Path name, Path top, IgnoreRules rules) {
    if (name.toString().startsWith(".")) {
      return;
    }
    Path path = directory.resolve(name);
    Path shownPath = shown.toString().isEmpty() ? name : shown.resolve(name);
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean isDirectory = attributes.isDirectory();
      if (rules.ignores(path, isDirectory) || excluded.test(path, top)) {
        return;
      }
      if (isDirectory) {
        walk(shownPath, path, top, rules);
      } else if (attributes.isRegularFile()) {
        files.putIfAbsent(
            path,
            InputFile.of(
                path, shownPath.toString(), path.toString(), directory, Optional.of(top), false));
      }
    } catch (IOException e) {
      fail(shownPath.toString(), e);
    }
  }

  private void fail(String path, IOException e) {
    String help = e instanceof java.nio.file.NoSuchFileException ? "check the path's spelling" : "";
    problems.add(
        FileResult.unreadable(
            Problem.error(
                Location.ofFile(path), "cannot read: " + DefinitionReader.reason(e), help)));
  }
}
