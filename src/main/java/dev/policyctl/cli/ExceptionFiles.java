package dev.policyctl.cli;

import dev.policyctl.exception.ExceptionReader;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.exception.StoragePolicyException;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Suggestion;
import dev.policyctl.yaml.YamlNode;
import dev.policyctl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** StoragePolicyException documents in files; each file is read once. */
public final class ExceptionFiles {
  private final BiConsumer<Path, List<Problem>> report;
  private final Map<Path, List<StoragePolicyException>> byFile = new HashMap<>();
  private final Set<Path> checked = new HashSet<>();

  /**
   * @param report takes what is wrong with a file
   */
  ExceptionFiles(BiConsumer<Path, List<Problem>> report) {
    this.report = report;
  }

  /**
   * The exceptions in these files and directories, for objects that lie in no file.
   *
   * @param policies all that there are; empty where others may come
   * @param report takes what is wrong with a file
   */
  public static List<Exceptions.Scoped> named(
      List<String> names, Optional<PolicySet> policies, BiConsumer<Path, List<Problem>> report) {
    ExceptionFiles files = new ExceptionFiles(report);
    List<Source> sources = files.named(names).stream().map(file -> new Source(file, "")).toList();
    return files.of(sources, policies);
  }

  /** Whether this file was read as one of exceptions. */
  boolean isExceptions(Path path) {
    return byFile.containsKey(path);
  }

  /** Of files of a directory, which may hold other documents too, those that have exceptions. */
  List<Path> among(List<Path> files) {
    return files.stream().filter(this::holdsExceptions).toList();
  }

  private boolean holdsExceptions(Path file) {
    if (byFile.containsKey(file)) {
      return true;
    }
    try {
      SourceText text = DefinitionReader.document(file, Display.of(file));
      if (!text.text().contains(ExceptionReader.KIND)) {
        return false;
      }
      YamlReader.Result yaml = YamlReader.read(text);
      List<YamlNode> documents =
          yaml.documents().stream().filter(ExceptionReader::isException).toList();
      if (documents.isEmpty()) {
        return false;
      }
      keep(file, text, ExceptionReader.read(text, documents), yaml.problems());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The files that the user names. */
  List<Path> named(List<String> names) {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      Path path = Path.of(name);
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      List<Path> inside = among(FactsFiles.yamlFiles(path));
      files.addAll(inside);
      if (inside.isEmpty()) {
        String message = "no StoragePolicyException document in this directory";
        report.accept(path, List.of(Problem.error(Location.ofFile(name), message, "")));
      }
    }
    return files;
  }

  /** The exceptions in these files. */
  List<Exceptions.Scoped> of(List<Source> sources, Optional<PolicySet> policies) {
    List<Exceptions.Scoped> all = new ArrayList<>();
    for (Source source : sources) {
      List<StoragePolicyException> found = read(source.file());
      found.forEach(exception -> all.add(new Exceptions.Scoped(exception, source.base())));
      if (policies.isPresent() && checked.add(source.file())) {
        found.forEach(it -> checkPolicies(source.file(), it, policies.get()));
      }
    }
    return all;
  }

  /**
   * @param base the directory that its paths are seen from
   */
  record Source(Path file, String base) {}

  private void checkPolicies(Path file, StoragePolicyException exception, PolicySet policies) {
    List<String> known = policies.all().stream().map(Policy::name).toList();
    for (String name : exception.policies()) {
      if (!known.contains(name)) {
        String near = Suggestion.didYouMean(name, known);
        String message =
            "exception `" + exception.name() + "` is of an unknown policy `" + name + "`";
        String help = near.isEmpty() ? "`policyctl explain` lists them" : near.substring(2);
        report.accept(file, List.of(Problem.error(exception.at(), message, help)));
      }
    }
  }

  private List<StoragePolicyException> read(Path file) {
    if (!byFile.containsKey(file)) {
      String display = Display.of(file);
      try {
        SourceText text = DefinitionReader.document(file, display);
        keep(file, text, ExceptionReader.read(text), List.of());
      } catch (IOException e) {
        report.accept(file, List.of(DefinitionReader.unreadable(display, e)));
        byFile.put(file, List.of());
      }
    }
    return byFile.getOrDefault(file, List.of());
  }

  private void keep(
      Path file, SourceText text, ExceptionReader.Result result, List<Problem> problems) {
    byFile.put(file, result.exceptions());
    List<Problem> all = new ArrayList<>(problems);
    all.addAll(result.problems());
    report.accept(file, all.stream().map(text::quote).toList());
  }
}
