package dev.policyctl.cli;

import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Fixer;
import dev.policyctl.lint.Fixer.Fixed;
import dev.policyctl.report.Count;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fixes the definitions that a command was given, and counts. */
final class FixRun {
  private final Fixer fixer;
  private final FixTarget target;
  private final int jobs;
  private final Map<InputFile, WriteFailure> untold = new HashMap<>();
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
      Fixed fixed = outcome.result().orElseThrow();
      // One that could not be written is tried again with the others, and told of then.
      Optional<WriteFailure> failure = put(outcome.file(), fixed);
      if (failure.isEmpty() || failure.get().isReplaced()) {
        definitions.replaceStorageCfg(outcome.file(), fixed.definition().text());
        failure.ifPresent(reason -> untold.put(outcome.file(), reason));
      }
    }
    definitions.forEach(jobs, fixer::fix, outcome -> sink.accept(taken(outcome)));
  }

  private DefinitionFiles.Outcome<FileResult> taken(DefinitionFiles.Outcome<Fixed> outcome)
      throws IOException {
    Optional<FileResult> result = Optional.empty();
    if (outcome.result().isPresent()) {
      result = Optional.of(taken(outcome.file(), outcome.result().get()));
    }
    return new DefinitionFiles.Outcome<>(
        outcome.file(), outcome.context(), result, outcome.problem(), outcome.defect());
  }

  private FileResult taken(InputFile file, Fixed fixed) throws IOException {
    Optional<WriteFailure> failure =
        put(file, fixed).or(() -> Optional.ofNullable(untold.remove(file)));
    FileResult holds =
        failure.isEmpty() || failure.get().isReplaced() ? fixed.after() : fixed.before();
    return failure.map(reason -> holds.with(reason.problem(file.display()))).orElse(holds);
  }

  private Optional<WriteFailure> put(InputFile file, Fixed fixed) throws IOException {
    Optional<WriteFailure> failure = Optional.empty();
    try {
      target.put(file, fixed);
    } catch (WriteFailure e) {
      failure = Optional.of(e);
    }
    if (fixed.isChanged() && failure.map(WriteFailure::isReplaced).orElse(true)) {
      files++;
      findings += fixed.fixed().size();
    }
    return failure;
  }

  /** {@code 3 findings in 2 files}; empty when nothing was fixed. */
  String extent() {
    return files == 0 ? "" : Count.of(findings, "finding") + " in " + Count.of(files, "file");
  }
}
