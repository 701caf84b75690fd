package dev.policyctl.cli;

import dev.policyctl.exception.Attention;
import dev.policyctl.exception.Baseline;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.exception.StoragePolicyException;
import dev.policyctl.exception.Suppression;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.SuppressedFinding;
import dev.policyctl.lint.UsedExceptions;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Verdict;
import dev.policyctl.report.Count;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows a run: which exceptions and entries of baselines were needed, and what is found. */
final class AcceptedRun {
  private final LocalDate today;
  private final Collection<Path> directories;
  private final List<Accepted> seen = new ArrayList<>();
  // By identity: a context has one for all its files, and a large baseline is long to compare.
  private final Set<Accepted> known = Collections.newSetFromMap(new IdentityHashMap<>());
  private final UsedExceptions usedExceptions = new UsedExceptions();
  private final Map<Path, Tally> tallies = new LinkedHashMap<>();
  private boolean incomplete;
  private int outside;

  /** What a run had to do with a baseline. */
  private static final class Tally {
    private final BaselineFile file;
    private final Set<String> looked = new HashSet<>();
    private final Set<Baseline.Key> used = new HashSet<>();
    private final Map<Baseline.Key, String> found = new HashMap<>();

    Tally(BaselineFile file) {
      this.file = file;
    }
  }

  /**
   * @param directories those that are walked as a whole, with links resolved
   */
  AcceptedRun(LocalDate today, Collection<Path> directories) {
    this.today = today;
    this.directories = directories;
  }

  void add(DefinitionFiles.Outcome<FileResult> outcome) {
    Accepted accepted = outcome.context().accepted();
    if (known.add(accepted)) {
      seen.add(accepted);
    }
    incomplete |= outcome.problem().isPresent() || outcome.defect().isPresent();
    if (outcome.result().isEmpty()) {
      return;
    }
    FileResult result = outcome.result().get();
    incomplete |=
        result.problems().stream().anyMatch(it -> it.severity() == Problem.Severity.ERROR);
    usedExceptions.add(result);
    if (accepted.baseline().isPresent()) {
      BaselineFile file = accepted.baseline().get();
      tally(tallies.computeIfAbsent(file.path(), path -> new Tally(file)), outcome, result);
    } else {
      outside += result.findings().size();
    }
  }

  private void tally(Tally tally, DefinitionFiles.Outcome<FileResult> outcome, FileResult result) {
    String start = tally.file.base() + "/";
    String fullPath = outcome.file().fullPath();
    if (!fullPath.startsWith(start)) {
      outside += result.findings().size();
      return;
    }
    String path = fullPath.substring(start.length());
    tally.looked.add(path);
    for (SuppressedFinding one : result.suppressed()) {
      if (one.by().by() == Suppression.By.BASELINE) {
        tally.used.add(key(path, one.finding()));
      }
    }
    for (Finding finding : result.findings()) {
      if (finding.verdict() != Verdict.PASS) {
        tally.found.merge(
            key(path, finding),
            finding.verdict().word(),
            (a, b) -> finding.verdict() == Verdict.FAIL ? b : a);
      }
    }
  }

  private static Baseline.Key key(String path, Finding finding) {
    return new Baseline.Key(
        path, finding.guest(), finding.subject(), finding.section(), finding.policy());
  }

  /** What is accepted and need not be, or soon will not be. */
  List<FileResult> notices() {
    Map<Location, Exceptions.Scoped> documents = new LinkedHashMap<>();
    seen.forEach(it -> it.documents().forEach(one -> documents.put(one.exception().at(), one)));
    List<FileResult> all = new ArrayList<>();
    documents.values().forEach(scoped -> notice(scoped, all));
    tallies.values().forEach(tally -> unused(tally, all));
    return all;
  }

  private void notice(Exceptions.Scoped scoped, List<FileResult> all) {
    StoragePolicyException exception = scoped.exception();
    boolean isUnused =
        !usedExceptions.has(exception) && !incomplete && isWalked(Path.of(scoped.base()));
    Attention.of(exception, today, isUnused)
        .ifPresent(it -> all.add(warning(exception.at(), it.message(), it.help())));
  }

  private boolean isWalked(Path base) {
    return directories.stream().anyMatch(base::startsWith);
  }

  private void unused(Tally tally, List<FileResult> all) {
    long unused =
        tally.file.baseline().keys().stream()
            .filter(key -> !tally.used.contains(key) && !tally.found.containsKey(key))
            .filter(key -> isSettled(tally, key))
            .count();
    if (unused > 0) {
      all.add(
          warning(
              Location.ofFile(tally.file.display()),
              Count.of(unused, "entry", "entries") + " of the baseline suppress nothing any more",
              "take them out with `--update-baseline`"));
    }
  }

  /** Whether this run knows all about an entry's file: it was looked at, or is gone. */
  private static boolean isSettled(Tally tally, Baseline.Key key) {
    if (tally.looked.contains(key.path())) {
      return true;
    }
    try {
      return Files.notExists(Path.of(tally.file.base(), key.path()));
    } catch (InvalidPathException e) {
      return true; // No file is called so.
    }
  }

  private static FileResult warning(Location at, String message, String help) {
    return FileResult.ofProblems(at.path(), List.of(Problem.warning(at, message, help)));
  }

  /**
   * Writes what was found to the baselines; entries of files that were not looked at stay.
   *
   * @return what was done, a line each
   */
  List<String> update() throws WriteFailure {
    if (tallies.isEmpty()) {
      throw new UsageException(
          "`--update-baseline` knows no baseline",
          "name it with `--baseline FILE`, or with `baseline` in `.policyctl.yaml`");
    }
    List<String> lines = new ArrayList<>();
    for (Tally tally : tallies.values()) {
      lines.add(update(tally));
    }
    if (outside > 0) {
      lines.add(Count.of(outside, "finding") + " of definitions that lie below no baseline");
    }
    return lines;
  }

  private static String update(Tally tally) throws WriteFailure {
    Baseline before = tally.file.baseline();
    List<Baseline.Entry> entries = new ArrayList<>();
    before.entries().stream().filter(entry -> !isSettled(tally, entry.key())).forEach(entries::add);
    tally.found.forEach((key, verdict) -> entries.add(new Baseline.Entry(key, verdict)));
    Baseline after = new Baseline(entries);
    if (tally.file.text().isEmpty() || !after.equals(before)) {
      tally.file.replace(after);
    }
    Set<Baseline.Entry> added = new HashSet<>(after.entries());
    before.entries().forEach(added::remove);
    Set<Baseline.Entry> removed = new HashSet<>(before.entries());
    after.entries().forEach(removed::remove);
    return tally.file.display()
        + ": "
        + Count.of(added.size(), "entry", "entries")
        + " added, "
        + removed.size()
        + " removed, "
        + after.entries().size()
        + " in all";
  }
}
