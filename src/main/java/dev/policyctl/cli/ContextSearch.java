package dev.policyctl.cli;

import dev.policyctl.lint.Configuration;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Looks for the documents that hold in a directory: of each kind those of the nearest directory at
 * or above it. A directory is looked at once.
 */
final class ContextSearch {
  private static final String STORAGE_CFG = "storage.cfg";

  private final FactsFiles facts;
  private final boolean findsFacts;
  private final Optional<ExceptionFiles> exceptions;
  private final BiConsumer<Path, List<Problem>> report;
  private final Map<Path, Nearest> known = new HashMap<>();

  /**
   * @param findsFacts not where the command line names them
   * @param exceptions empty where none are looked for
   * @param report takes what is wrong with a configuration
   */
  ContextSearch(
      FactsFiles facts,
      boolean findsFacts,
      Optional<ExceptionFiles> exceptions,
      BiConsumer<Path, List<Problem>> report) {
    this.facts = facts;
    this.findsFacts = findsFacts;
    this.exceptions = exceptions;
    this.report = report;
  }

  /** Which documents hold in a directory; empty where there are none at or above it. */
  record Nearest(
      Optional<Path> storageCfg,
      List<Path> facts,
      List<Path> exceptions,
      Optional<ConfigurationFile> configuration) {
    static final Nearest NONE =
        new Nearest(Optional.empty(), List.of(), List.of(), Optional.empty());
  }

  /**
   * @param top the directory above which nothing is looked for
   */
  Nearest nearest(Path directory, Path top) {
    Nearest found = known.get(directory);
    if (found == null) {
      found = find(directory, top);
      known.put(directory, found);
    }
    return found;
  }

  private Nearest find(Path directory, Path top) {
    boolean isTop = directory.equals(top) || directory.getParent() == null;
    Nearest above = isTop ? Nearest.NONE : nearest(directory.getParent(), top);
    Path storageCfg = directory.resolve(STORAGE_CFG);
    List<Path> ownFacts = findsFacts ? facts.in(directory) : List.of();
    List<Path> ownExceptions = exceptionsIn(directory);
    return new Nearest(
        Files.isRegularFile(storageCfg) ? Optional.of(storageCfg) : above.storageCfg(),
        ownFacts.isEmpty() ? above.facts() : ownFacts,
        ownExceptions.isEmpty() ? above.exceptions() : ownExceptions,
        configuration(directory).or(above::configuration));
  }

  private List<Path> exceptionsIn(Path directory) {
    if (exceptions.isEmpty()) {
      return List.of();
    }
    List<Path> candidates =
        findsFacts ? facts.withExceptions(directory) : FactsFiles.yamlFiles(directory);
    return exceptions.get().among(candidates);
  }

  private Optional<ConfigurationFile> configuration(Path directory) {
    Path path = directory.resolve(Configuration.FILE_NAME);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    String display = Display.of(path);
    try {
      SourceText text = DefinitionReader.document(path, display);
      Configuration.Result result = Configuration.read(text);
      report.accept(path, result.problems().stream().map(text::quote).toList());
      return Optional.of(new ConfigurationFile(directory, result.configuration()));
    } catch (IOException e) {
      report.accept(path, List.of(DefinitionReader.unreadable(display, e)));
      return Optional.empty();
    }
  }
}
