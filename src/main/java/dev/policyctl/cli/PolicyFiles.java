package dev.policyctl.cli;

import dev.policyctl.policy.Policy;
import dev.policyctl.policy.PolicyCompiler;
import dev.policyctl.policy.PolicyReader;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where policies are read from: those that come with the program, and files and directories of the
 * user's. A policy of the user's replaces the bundled one of the same name.
 */
public final class PolicyFiles {
  private static final String FILE = "policy.yaml";

  private final List<Policy> policies = new ArrayList<>();
  private final Set<String> own = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  private PolicyFiles() {}

  /**
   * @param own how many of them are the user's
   * @param problems of the user's files, their expressions included: what has one is left out
   */
  public record Loaded(PolicySet policies, int own, List<Problem> problems) {
    public Loaded {
      problems = List.copyOf(problems);
    }
  }

  /**
   * The bundled policies and those of the user's.
   *
   * @param paths a policy file, or a directory with {@code *.yaml} files and {@code
   *     NAME/policy.yaml}
   */
  public static Loaded load(List<Path> paths) {
    PolicySet bundled = PolicySet.of(BundledPolicies.read());
    if (paths.isEmpty()) {
      return new Loaded(bundled, 0, List.of());
    }
    PolicyFiles files = new PolicyFiles();
    paths.forEach(files::read);
    PolicySet all = bundled.with(new PolicyCompiler(), files.policies);
    for (Policy policy : all.all()) {
      if (files.own.contains(policy.name())) {
        files.problems.addAll(all.problems(policy));
      }
    }
    return new Loaded(all, files.own.size(), files.problems);
  }

  private void read(Path path) {
    int before = policies.size() + problems.size();
    try {
      for (Path file : Files.isDirectory(path) ? policyFiles(path) : List.of(path)) {
        SourceText text = SourceText.decode(file.toString(), Files.readAllBytes(file));
        PolicyReader.Result result = PolicyReader.read(text);
        problems.addAll(result.problems());
        result.policies().forEach(this::add);
      }
    } catch (IOException e) {
      problems.add(Problem.error(Location.ofFile(path.toString()), "cannot be read: " + e, ""));
    }
    if (policies.size() + problems.size() == before) {
      problems.add(
          Problem.error(
              Location.ofFile(path.toString()),
              "holds no policy",
              "name a policy file, or a directory with `*.yaml` files or `NAME/policy.yaml`"));
    }
  }

  private void add(Policy policy) {
    if (!own.add(policy.name())) {
      problems.add(
          Problem.error(
              policy.at(),
              "policy `" + policy.name() + "` is defined twice",
              "give one of them another name"));
    }
    policies.add(policy);
  }

  /** The policy files of a directory, by name. */
  static List<Path> policyFiles(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.sorted().toList()) {
        String name = entry.getFileName().toString();
        if (name.startsWith(".")) {
          continue;
        }
        if (Files.isRegularFile(entry.resolve(FILE))) {
          files.add(entry.resolve(FILE));
        } else if (name.endsWith(".yaml") || name.endsWith(".yml")) {
          files.add(entry);
        }
      }
    }
    return files;
  }
}
