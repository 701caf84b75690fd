package dev.policyctl.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;

/** The {@code .gitignore} files that hold in a directory: its own before those above it. */
final class IgnoreRules {
  private static final String FILE_NAME = ".gitignore";

  static final IgnoreRules NONE = new IgnoreRules(Optional.empty(), Path.of(""), Optional.empty());

  private final Optional<IgnoreRules> above;
  private final Path directory;
  private final Optional<IgnoreNode> own;

  private IgnoreRules(Optional<IgnoreRules> above, Path directory, Optional<IgnoreNode> own) {
    this.above = above;
    this.directory = directory;
    this.own = own;
  }

  /** The rules that hold in the parent of {@code start}, from the repository's root downwards. */
  static IgnoreRules above(Path root, Path start) {
    IgnoreRules rules =
        new IgnoreRules(Optional.empty(), root, read(root.resolve(".git/info/exclude")));
    Deque<Path> between = new ArrayDeque<>();
    for (Path at = start; !at.equals(root); ) {
      at = at.getParent();
      between.push(at);
    }
    for (Path at : between) {
      rules = rules.below(at, List.of(Path.of(FILE_NAME)));
    }
    return rules;
  }

  /** The rules that hold in this directory, which has these entries. */
  IgnoreRules below(Path directory, Collection<Path> names) {
    if (!names.contains(Path.of(FILE_NAME))) {
      return this;
    }
    Optional<IgnoreNode> node = read(directory.resolve(FILE_NAME));
    return node.isEmpty() ? this : new IgnoreRules(Optional.of(this), directory, node);
  }

  boolean ignores(Path path, boolean isDirectory) {
    if (own.isPresent()) {
      String relative = directory.relativize(path).toString();
      Boolean decided = own.get().checkIgnored(relative, isDirectory);
      if (decided != null) {
        return decided;
      }
    }
    return above.isPresent() && above.get().ignores(path, isDirectory);
  }

  // As git does, a file of rules that cannot be read ignores nothing.
  private static Optional<IgnoreNode> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      IgnoreNode node = new IgnoreNode();
      node.parse(file.toString(), in);
      return Optional.of(node);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
