package dev.policyctl.cli;

import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Inspector;
import dev.policyctl.lint.Inspector.Inspection;
import dev.policyctl.lint.Inspector.Resolved;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges one example of one policy: a world of its own, in which no other policy holds. */
final class ExampleJudge {
  private final CompiledPolicy policy;
  private final List<String> details = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private Optional<Verdict> worst = Optional.empty();

  private ExampleJudge(CompiledPolicy policy) {
    this.policy = policy;
  }

  /**
   * What the policy says of an example.
   *
   * @param worst over the subjects that the policy applies to; empty when it applies to none
   * @param details every subject, and the values that the policy reads of it
   */
  record Result(Optional<Verdict> worst, List<String> details, List<Problem> problems) {
    boolean isReadable() {
      return problems.stream().noneMatch(it -> it.severity() == Problem.Severity.ERROR);
    }

    boolean holds(Verdict expected) {
      return isReadable() && worst.equals(Optional.of(expected));
    }
  }

  static Result judge(CompiledPolicy policy, Path example) throws IOException {
    ExampleJudge judge = new ExampleJudge(policy);
    // The policy itself judges below: resolving needs none.
    Contexts contexts = new Contexts(new PolicySet(new PolicyCompiler(), List.of()));
    judge.add(DefinitionFiles.world(example, contexts));
    return new Result(judge.worst, judge.details, judge.problems);
  }

  private void add(DefinitionFiles files) throws IOException {
    addProblems(files.problemsBefore());
    Inspector inspector = new Inspector();
    files.forEach(1, inspector::inspect, this::add);
    addProblems(files.problemsAfter());
  }

  private void addProblems(List<FileResult> files) {
    files.forEach(file -> problems.addAll(file.problems()));
  }

  private void add(DefinitionFiles.Outcome<Inspection> outcome) {
    if (outcome.defect().isPresent()) {
      throw new IllegalStateException(
          "while judging `" + outcome.file().display() + "`", outcome.defect().get());
    }
    outcome.problem().ifPresent(problems::add);
    outcome.result().ifPresent(this::add);
  }

  private void add(Inspection inspection) {
    problems.addAll(inspection.problems());
    Target target = policy.policy().target();
    for (Resolved subject : inspection.subjects()) {
      if (target == Target.VOLUME) {
        subject.volumes().forEach(volume -> judge(volume, nameOf(subject, volume)));
      } else if (subject.isGuest() == (target == Target.GUEST)) {
        judge(subject.own(), nameOf(subject));
      }
    }
  }

  private static String nameOf(Resolved subject) {
    String host = subject.own().known(Field.HOST_NAME);
    return "`" + subject.id() + "`" + (host.isEmpty() ? "" : " on `" + host + "`");
  }

  private static String nameOf(Resolved subject, Values volume) {
    String section = volume.known(Field.VOLUME_SECTION);
    boolean isCurrent = section.equals(DeclaredVolume.CURRENT);
    String where = isCurrent ? "" : " (" + section + ")";
    return "`" + volume.known(Field.VOLUME_KEY) + "`" + where + " of " + nameOf(subject);
  }

  private void judge(Values values, String subject) {
    Judgement judgement = policy.judge(values);
    if (judgement instanceof Judgement.Broken broken) {
      problems.add(broken.problem());
    } else if (judgement instanceof Judgement.Fail) {
      note(Verdict.FAIL, subject + " fails: " + policy.message(values, judgement));
    } else if (judgement instanceof Judgement.Unknown) {
      note(Verdict.UNKNOWN, subject + " is unknown");
    } else if (judgement instanceof Judgement.Pass pass && pass.applies()) {
      note(Verdict.PASS, subject + " passes");
    } else {
      details.add("the policy does not apply to " + subject);
    }
    policy.reads().forEach(field -> details.add("  " + line(field, values.get(field))));
  }

  private static String line(Field<?> field, Fact<?> fact) {
    Optional<Missing> missing = fact.whatIsMissing();
    if (missing.isPresent()) {
      boolean same = missing.get().field().equals(field.path());
      return field.path() + " is unknown" + (same ? "" : ": " + missing.get().message());
    }
    Object value = fact.ifKnown().orElseThrow();
    String shown = value.equals("") ? "empty" : value.toString();
    String reasons = String.join("; ", fact.because());
    return field.path() + " is " + shown + (reasons.isEmpty() ? "" : ": " + reasons);
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
