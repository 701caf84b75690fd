package dev.policyctl.serve;

import dev.policyctl.cli.ExceptionFiles;
import dev.policyctl.cli.FactsFiles;
import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.model.HostFacts;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Policies, facts and exceptions in files, read again when one of the files changes. What has a
 * problem is not taken over: the last good version goes on.
 */
final class FileSources {
  private static final int MAX_DEPTH = 3;

  private final List<Path> policies;
  private final List<Path> facts;
  private final List<Path> exceptions;
  private List<String> seen = List.of();

  FileSources(List<Path> policies, List<Path> facts, List<Path> exceptions) {
    this.policies = policies;
    this.facts = facts;
    this.exceptions = exceptions;
  }

  /**
   * What was read.
   *
   * @param problems where there are any, the rest is not to be used
   */
  record Loaded(
      PolicySet policies,
      List<HostFacts> facts,
      List<Exceptions.Scoped> exceptions,
      List<Problem> problems) {}

  Loaded load() {
    seen = fingerprints();
    List<Problem> problems = new ArrayList<>();
    PolicyFiles.Loaded loaded = PolicyFiles.load(policies);
    problems.addAll(loaded.problems());
    FactsFiles files = new FactsFiles((path, found) -> problems.addAll(found));
    List<HostFacts> hosts = files.of(files.named(facts.stream().map(Path::toString).toList()));
    List<Exceptions.Scoped> accepted =
        ExceptionFiles.named(
            exceptions.stream().map(Path::toString).toList(),
            Optional.empty(), // The cluster has policies of its own.
            (path, found) -> problems.addAll(found));
    return new Loaded(loaded.policies(), hosts, accepted, problems);
  }

  /** Whether a file has changed, come or gone since the last {@link #load}. */
  boolean haveChanged() {
    return !fingerprints().equals(seen);
  }

  /** A mounted ConfigMap changes by a symbolic link, which the real path shows. */
  private List<String> fingerprints() {
    List<String> all = new ArrayList<>();
    Stream.of(policies, facts, exceptions).flatMap(List::stream).forEach(root -> add(root, all));
    return all;
  }

  private static void add(Path root, List<String> all) {
    try (Stream<Path> files = Files.walk(root, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.add(file.toRealPath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      all.add(root + " " + e.getClass().getSimpleName());
    }
  }
}
