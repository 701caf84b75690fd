package dev.policyctl.cli;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.lint.Definition;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Joining;
import dev.policyctl.lint.Parsed;
import dev.policyctl.policy.Policy;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The definitions that a command was given, each with its context. */
final class DefinitionFiles {
  private final Contexts contexts;
  private final DefinitionReader reader;
  private final FileWalk walk;
  private final Predicate<InputFile> counts;
  private final List<Candidate> candidates = new ArrayList<>();
  private final Set<Path> directoriesWithDefinitions = new HashSet<>();

  private DefinitionFiles(
      Contexts contexts, DefinitionReader reader, FileWalk walk, Predicate<InputFile> counts) {
    this.contexts = contexts;
    this.reader = reader;
    this.walk = walk;
    this.counts = counts;
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
   * definition or does not count.
   */
  record Outcome<R>(
      InputFile file,
      Context context,
      Optional<R> result,
      Optional<Problem> problem,
      Optional<RuntimeException> defect) {

    static <R> Outcome<R> of(Candidate candidate, Optional<R> result, Optional<Problem> problem) {
      return new Outcome<>(
          candidate.file(), candidate.context(), result, problem, Optional.empty());
    }

    static <R> Outcome<R> defect(Candidate candidate, RuntimeException defect) {
      return new Outcome<>(
          candidate.file(),
          candidate.context(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(defect));
    }
  }

  /** What a first look at a file came to: an outcome, or a definition that waits for the others. */
  private record Look<R>(
      Candidate candidate, Optional<Outcome<R>> outcome, Optional<Definition> waiting) {}

  /**
   * @param format what every file is said to be; empty to find out
   */
  static DefinitionFiles find(
      List<String> arguments, Contexts contexts, Optional<DefinitionFormat> format) {
    FileWalk walk = new FileWalk(contexts::excludes);
    arguments.forEach(walk::add);
    return of(walk, contexts, format);
  }

  /** The definitions of a repository, of which those count that a commit changes. */
  static DefinitionFiles changed(ChangedFiles changed, Contexts contexts) {
    FileWalk walk = new FileWalk(contexts::excludes);
    changed.addTo(walk);
    DefinitionReader reader = new DefinitionReader(Optional.empty());
    return new DefinitionFiles(contexts, reader, walk, changed::counts);
  }

  /** One guest, read with the definitions that lie in some directories. */
  static DefinitionFiles guest(InputFile guest, List<Path> beside, Contexts contexts) {
    FileWalk walk = new FileWalk(contexts::excludes);
    walk.add(guest);
    beside.forEach(directory -> walk.add(directory.toString()));
    DefinitionReader reader = new DefinitionReader(Optional.empty());
    return new DefinitionFiles(contexts, reader, walk, guest::equals);
  }

  /** One example, which is a world of its own: see {@link FileWalk#addWorld}. */
  static DefinitionFiles world(Path example, Contexts contexts) {
    FileWalk walk = new FileWalk((path, top) -> false);
    walk.addWorld(example);
    return of(walk, contexts, Optional.empty());
  }

  private static DefinitionFiles of(
      FileWalk walk, Contexts contexts, Optional<DefinitionFormat> format) {
    return new DefinitionFiles(contexts, new DefinitionReader(format), walk, file -> true);
  }

  /** The directories that were named, with links resolved. */
  Set<Path> directories() {
    return walk.namedDirectories().keySet();
  }

  int count() {
    return (int) candidates.stream().filter(candidate -> counts.test(candidate.file())).count();
  }

  /**
   * All policies that judge, in the order of their names; of two with one name in different
   * contexts the first.
   */
  List<Policy> policies() {
    Map<String, Policy> byName = new TreeMap<>();
    candidates.stream()
        .map(candidate -> candidate.context().surroundings().policies())
        .distinct()
        .flatMap(set -> set.all().stream())
        .forEach(policy -> byName.putIfAbsent(policy.name(), policy));
    return List.copyOf(byName.values());
  }

  /** What was wrong before any definition was read: paths, facts, configurations, policies. */
  List<FileResult> problemsBefore() {
    List<FileResult> all = new ArrayList<>(walk.problems());
    Set<Path> judged = new HashSet<>();
    candidates.forEach(candidate -> judged.add(candidate.file().path()));
    contexts
        .problems()
        .forEach(
            (path, problems) -> {
              boolean toldWithTheFile = judged.contains(path) && !contexts.isFacts(path);
              if (!toldWithTheFile) {
                all.add(FileResult.ofProblems(path.toString(), problems));
              }
            });
    return all;
  }

  /**
   * Works on each definition, in parallel; the outcomes come in the order of the paths. Definitions
   * that refer to one another wait until all are read.
   */
  <R> void forEach(int jobs, Function<Parsed, R> work, OrderedWork.Sink<Outcome<R>> sink)
      throws IOException {
    OrderedWork ordered = new OrderedWork(jobs);
    List<Look<R>> held = new ArrayList<>();
    ordered.run(
        candidates,
        candidate -> look(candidate, work),
        look -> {
          if (held.isEmpty() && look.outcome().isPresent()) {
            deliver(look.outcome().get(), sink);
          } else {
            held.add(look);
          }
        });
    Map<Candidate, Parsed> joined = join(held);
    ordered.run(
        held,
        look -> look.outcome().orElseGet(() -> work(look.candidate(), joined, work)),
        outcome -> deliver(outcome, sink));
  }

  /** Works on those that others are judged with: each {@code storage.cfg} of a context. */
  <R> void forEachStorageCfg(Function<Parsed, R> work, OrderedWork.Sink<Outcome<R>> sink)
      throws IOException {
    List<Outcome<R>> outcomes = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (contexts.alreadyRead(candidate.file().path()).isPresent()) {
        look(candidate, work).outcome().ifPresent(outcomes::add);
      }
    }
    for (Outcome<R> outcome : outcomes) {
      sink.accept(outcome);
    }
  }

  /** From here on everything is judged with this text of a {@code storage.cfg}. */
  void replaceStorageCfg(InputFile file, SourceText text) {
    contexts.replace(file.path(), text);
    findContexts();
  }

  private <R> void deliver(Outcome<R> outcome, OrderedWork.Sink<Outcome<R>> sink)
      throws IOException {
    if (outcome.result().isPresent()) {
      directoriesWithDefinitions.add(outcome.file().directory());
    }
    sink.accept(outcome);
  }

  private <R> Look<R> look(Candidate candidate, Function<Parsed, R> work) {
    try {
      DefinitionReader.Result read = read(candidate.file());
      Optional<Definition> definition = read.definition();
      if (definition.filter(Joining::isNeeded).isPresent()) {
        return new Look<>(candidate, Optional.empty(), definition);
      }
      if (!counts.test(candidate.file())) {
        return done(candidate, Outcome.of(candidate, Optional.empty(), Optional.empty()));
      }
      Optional<R> result =
          definition.map(found -> work.apply(Parsed.of(found, candidate.context().surroundings())));
      return done(candidate, Outcome.of(candidate, result, read.problem()));
    } catch (RuntimeException e) {
      return done(candidate, Outcome.defect(candidate, e));
    }
  }

  private static <R> Look<R> done(Candidate candidate, Outcome<R> outcome) {
    return new Look<>(candidate, Optional.of(outcome), Optional.empty());
  }

  private <R> Outcome<R> work(
      Candidate candidate, Map<Candidate, Parsed> joined, Function<Parsed, R> work) {
    try {
      if (!counts.test(candidate.file())) {
        return Outcome.of(candidate, Optional.empty(), Optional.empty());
      }
      Optional<R> result = Optional.of(work.apply(joined.get(candidate)));
      return Outcome.of(candidate, result, Optional.empty());
    } catch (RuntimeException e) {
      return Outcome.defect(candidate, e);
    }
  }

  /** Parses the waiting definitions, those of one context together. */
  private static <R> Map<Candidate, Parsed> join(List<Look<R>> held) {
    Map<Context, List<Look<R>>> byContext = new LinkedHashMap<>();
    for (Look<R> look : held) {
      if (look.waiting().isPresent()) {
        byContext
            .computeIfAbsent(look.candidate().context(), context -> new ArrayList<>())
            .add(look);
      }
    }
    Map<Candidate, Parsed> joined = new HashMap<>();
    byContext.forEach(
        (context, looks) -> {
          List<Definition> definitions =
              looks.stream().map(look -> look.waiting().orElseThrow()).toList();
          List<Parsed> parsed = Joining.join(definitions, context.surroundings());
          for (int i = 0; i < parsed.size(); i++) {
            joined.put(looks.get(i).candidate(), parsed.get(i));
          }
        });
    return joined;
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
}
