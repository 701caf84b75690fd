package dev.policyctl.cli;

import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Fixer;
import dev.policyctl.lint.Fixer.Fixed;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fixes the definitions that a command was given, and counts. */
final class FixRun {
  private final Fixer fixer;
  private final FixTarget target;
  private final int jobs;
  private int findings;
  private int files;

  FixRun(Fixer fixer, FixTarget target, int jobs) {
    this.fixer = fixer;
    this.target = target;
    this.jobs = jobs;
  }

  /**
   * Fixes all. The storages that guests are judged with come first: a guest that a storage's fix
   * has cured needs none of its own.
   *
   * @param sink takes what holds of each file afterwards
   */
  void run(DefinitionFiles definitions, OrderedWork.Sink<DefinitionFiles.Outcome<FileResult>> sink)
      throws IOException {
    List<DefinitionFiles.Outcome<Fixed>> changed = new ArrayList<>();
    definitions.forEachStorageCfg(
        fixer::fix,
        outcome -> {
          if (outcome.result().filter(Fixed::isChanged).isPresent()) {
            changed.add(outcome);
          }
        });
    for (DefinitionFiles.Outcome<Fixed> outcome : changed) {
      if (put(outcome.file(), outcome.result().orElseThrow()).isEmpty()) {
        definitions.replaceStorageCfg(
            outcome.file(), outcome.result().orElseThrow().definition().text());
      }
    }
    definitions.forEach(jobs, fixer::fix, outcome -> sink.accept(taken(outcome)));
  }

  private DefinitionFiles.Outcome<FileResult> taken(DefinitionFiles.Outcome<Fixed> outcome)
      throws IOException {
    Optional<FileResult> result = Optional.empty();
    if (outcome.result().isPresent()) {
      Fixed fixed = outcome.result().get();
      result =
          Optional.of(
              put(outcome.file(), fixed)
                  .map(problem -> withProblem(fixed.before(), problem))
                  .orElse(fixed.after()));
    }
    return new DefinitionFiles.Outcome<>(
        outcome.file(), outcome.context(), result, outcome.problem(), outcome.defect());
  }

  private static FileResult withProblem(FileResult result, Problem problem) {
    List<Problem> problems = new ArrayList<>(result.problems());
    problems.add(problem);
    return new FileResult(
        result.path(),
        result.guests(),
        result.volumes(),
        result.passes(),
        result.findings(),
        problems);
  }

  private Optional<Problem> put(InputFile file, Fixed fixed) throws IOException {
    try {
      target.put(file, fixed);
    } catch (NotWritten e) {
      return Optional.of(e.problem(file.display()));
    }
    if (fixed.isChanged()) {
      files++;
      findings += fixed.fixed().size();
    }
    return Optional.empty();
  }

  /** {@code 3 findings in 2 files}; empty when nothing was fixed. */
  String extent() {
    return files == 0 ? "" : count(findings, "finding") + " in " + count(files, "file");
  }

  private static String count(int number, String singular) {
    return number + " " + singular + (number == 1 ? "" : "s");
  }
}
