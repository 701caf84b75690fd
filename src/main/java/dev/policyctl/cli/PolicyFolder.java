package dev.policyctl.cli;

import dev.policyctl.lint.Inspector;
import dev.policyctl.lint.Inspector.Inspection;
import dev.policyctl.lint.Inspector.Resolved;
import dev.policyctl.model.Field;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Values;
import dev.policyctl.policy.CompiledPolicy;
import dev.policyctl.policy.Judgement;
import dev.policyctl.policy.PolicyCompiler;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.policy.Target;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A policy's folder: its {@code policy.yaml} and its examples by expected verdict. */
record PolicyFolder(Path folder) {
  static final String FILE_NAME = "policy.yaml";

  /** The examples that must come to this verdict, by name. */
  List<Path> of(Verdict expected) throws IOException {
    Path examples = folder.resolve(expected.word());
    if (!Files.isDirectory(examples)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(examples)) {
      return entries.filter(e -> !e.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  /**
   * What a policy says of an example, which is a world of its own.
   *
   * @param worst over the subjects that the policy applies to; empty when it applies to none
   * @param details a line for each of these subjects
   */
  record Result(Optional<Verdict> worst, List<String> details, List<Problem> problems) {}

  static Result judge(CompiledPolicy policy, Path example) throws IOException {
    // The policy itself judges below: resolving needs none.
    Contexts contexts = new Contexts(new PolicySet(new PolicyCompiler(), List.of()));
    DefinitionFiles files = DefinitionFiles.world(example, contexts);
    Inspector inspector = new Inspector();
    Collector collector = new Collector(policy);
    files.problemsBefore().forEach(file -> collector.problems.addAll(file.problems()));
    files.forEach(
        1,
        inspector::inspect,
        outcome -> {
          outcome.problem().ifPresent(collector.problems::add);
          outcome.result().ifPresent(collector::add);
        });
    files.problemsAfter().forEach(file -> collector.problems.addAll(file.problems()));
    return new Result(collector.worst, collector.details, collector.problems);
  }

  private static final class Collector {
    private final CompiledPolicy policy;
    private final List<String> details = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private Optional<Verdict> worst = Optional.empty();

    Collector(CompiledPolicy policy) {
      this.policy = policy;
    }

    void add(Inspection inspection) {
      problems.addAll(inspection.problems());
      for (Resolved subject : inspection.subjects()) {
        Target target = policy.policy().target();
        if (target == Target.VOLUME) {
          subject
              .volumes()
              .forEach(
                  volume -> judge(volume, subject.id() + " " + volume.known(Field.VOLUME_KEY)));
        } else if (subject.isGuest() == (target == Target.GUEST)) {
          judge(subject.own(), subject.id());
        }
      }
    }

    private void judge(Values values, String subject) {
      Judgement judgement = policy.judge(values);
      if (judgement instanceof Judgement.Broken broken) {
        problems.add(broken.problem());
      } else if (judgement instanceof Judgement.Fail) {
        note(Verdict.FAIL, subject + ": fail: " + policy.message(values, judgement));
      } else if (judgement instanceof Judgement.Unknown unknown) {
        note(Verdict.UNKNOWN, subject + ": unknown: " + missing(values, unknown));
      } else if (judgement instanceof Judgement.Pass pass && pass.applies()) {
        note(Verdict.PASS, subject + ": pass");
      }
    }

    private static String missing(Values values, Judgement.Unknown unknown) {
      return String.join(
          ", ",
          unknown.undecided().stream()
              .flatMap(field -> values.get(field).whatIsMissing().stream())
              .map(Missing::message)
              .distinct()
              .toList());
    }

    private void note(Verdict verdict, String detail) {
      details.add(detail);
      if (worst.isEmpty() || rank(verdict) > rank(worst.get())) {
        worst = Optional.of(verdict);
      }
    }

    private static int rank(Verdict verdict) {
      return switch (verdict) {
        case PASS -> 0;
        case UNKNOWN -> 1;
        case FAIL -> 2;
      };
    }
  }
}
