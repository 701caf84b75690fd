package dev.policyctl.cli;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.lint.Definition;
import dev.policyctl.lint.FileResult;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The definitions that a command was given, each with its context. */
final class DefinitionFiles {
  private final Contexts contexts;
  private final DefinitionReader reader;
  private final FileWalk walk;
  private final List<Candidate> candidates = new ArrayList<>();
  private final Set<Path> directoriesWithDefinitions = new HashSet<>();
  private int definitions;

  private DefinitionFiles(Contexts contexts, DefinitionReader reader, FileWalk walk) {
    this.contexts = contexts;
    this.reader = reader;
    this.walk = walk;
    findContexts();
  }

  private void findContexts() {
    candidates.clear();
    for (InputFile file : walk.files()) {
      candidates.add(new Candidate(file, contexts.of(file)));
    }
  }

  private record Candidate(InputFile file, Context context) {}

  /**
   * What came of one file: a result, or a problem, or a defect, or nothing where the file is no
   * definition.
   */
  record Outcome<R>(
      InputFile file,
      Context context,
      Optional<R> result,
      Optional<Problem> problem,
      Optional<RuntimeException> defect) {}

  /**
   * @param format what every file is said to be; empty to find out
   */
  static DefinitionFiles find(
      List<String> arguments, Contexts contexts, Optional<DefinitionFormat> format) {
    FileWalk walk = new FileWalk(contexts::excludes);
    arguments.forEach(walk::add);
    return of(walk, contexts, format);
  }

  /** One example, which is a world of its own: see {@link FileWalk#addWorld}. */
  static DefinitionFiles world(Path example, Contexts contexts) {
    FileWalk walk = new FileWalk((path, top) -> false);
    walk.addWorld(example);
    return of(walk, contexts, Optional.empty());
  }

  private static DefinitionFiles of(
      FileWalk walk, Contexts contexts, Optional<DefinitionFormat> format) {
    return new DefinitionFiles(contexts, new DefinitionReader(format), walk);
  }

  int count() {
    return candidates.size();
  }

  /** What was wrong before any definition was read: paths, facts, configurations, policies. */
  List<FileResult> problemsBefore() {
    List<FileResult> all = new ArrayList<>(walk.problems());
    Set<String> judged = new HashSet<>();
    candidates.forEach(candidate -> judged.add(candidate.file().display()));
    for (Map.Entry<String, List<Problem>> entry : contexts.problems().entrySet()) {
      boolean toldWithTheFile =
          judged.contains(entry.getKey()) && !contexts.isFacts(Path.of(entry.getKey()));
      if (!toldWithTheFile) {
        all.add(new FileResult(entry.getKey(), 0, 0, 0, List.of(), entry.getValue()));
      }
    }
    return all;
  }

  /** Works on each definition, in parallel; the outcomes come in the order of the paths. */
  <R> void forEach(
      int jobs, BiFunction<Definition, Context, R> work, OrderedWork.Sink<Outcome<R>> sink)
      throws IOException {
    new OrderedWork(jobs)
        .run(
            candidates,
            candidate -> outcome(candidate, work),
            outcome -> {
              if (outcome.result().isPresent()) {
                definitions++;
                directoriesWithDefinitions.add(outcome.file().directory());
              }
              sink.accept(outcome);
            });
  }

  /** Works on those that others are judged with: each {@code storage.cfg} of a context. */
  <R> void forEachStorageCfg(
      BiFunction<Definition, Context, R> work, OrderedWork.Sink<Outcome<R>> sink)
      throws IOException {
    for (Candidate candidate : List.copyOf(candidates)) {
      if (contexts.alreadyRead(candidate.file().path()).isPresent()) {
        sink.accept(outcome(candidate, work));
      }
    }
  }

  /** From here on everything is judged with this text of a {@code storage.cfg}. */
  void replaceStorageCfg(InputFile file, SourceText text) {
    contexts.replace(file.path(), text);
    findContexts();
  }

  private <R> Outcome<R> outcome(Candidate candidate, BiFunction<Definition, Context, R> work) {
    InputFile file = candidate.file();
    Context context = candidate.context();
    try {
      DefinitionReader.Result read = read(file);
      return new Outcome<>(
          file,
          context,
          read.definition().map(definition -> work.apply(definition, context)),
          read.problem(),
          Optional.empty());
    } catch (RuntimeException e) {
      return new Outcome<>(file, context, Optional.empty(), Optional.empty(), Optional.of(e));
    }
  }

  private DefinitionReader.Result read(InputFile file) {
    if (contexts.isFacts(file.path())) {
      return DefinitionReader.Result.NOT_OURS;
    }
    return contexts
        .alreadyRead(file.path())
        .map(text -> reader.recognise(file, text))
        .orElseGet(() -> reader.read(file));
  }

  /** After {@link #forEach}: what was named and turned out to hold no definition. */
  List<FileResult> problemsAfter() {
    List<FileResult> all = new ArrayList<>();
    for (Map.Entry<Path, String> named : walk.namedDirectories().entrySet()) {
      boolean found =
          directoriesWithDefinitions.stream().anyMatch(dir -> dir.startsWith(named.getKey()));
      if (!found) {
        all.add(
            FileResult.unreadable(
                Problem.error(
                    Location.ofFile(named.getValue()),
                    "no definition found in this directory",
                    "name a guest's configuration, or say its format with `--as FORMAT`")));
      }
    }
    return all;
  }

  int definitions() {
    return definitions;
  }
}
