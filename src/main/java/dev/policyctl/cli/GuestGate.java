package dev.policyctl.cli;

import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Fixer;
import dev.policyctl.lint.Fixer.Fixed;
import dev.policyctl.lint.Linter;
import dev.policyctl.lint.Parsed;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.HostFacts;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.PolicyCompiler;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges one guest that is about to start, by what lies below its images on this host. */
final class GuestGate {
  private final LiveHost host;

  GuestGate(LiveHost host) {
    this.host = host;
  }

  /**
   * What came of it.
   *
   * @param refusing the failures that speak against the start
   * @param told all that is worth a line in the log: those, warnings, what is not known, problems
   * @param corrected the guest without these failures, where it was asked for and safe fixes cure
   *     them all
   * @param despite why it starts in spite of them; empty where nothing speaks for that
   */
  record Judged(
      List<Finding> refusing, FileResult told, Optional<byte[]> corrected, String despite) {
    boolean isRefused() {
      return !refusing.isEmpty() && corrected.isEmpty() && despite.isEmpty();
    }

    Judged despite(String reason) {
      return new Judged(refusing, told, corrected, reason);
    }

    boolean hasUnknown() {
      return !told.problems().isEmpty()
          || told.findings().stream().anyMatch(it -> it.verdict() == Verdict.UNKNOWN);
    }
  }

  /**
   * @param beside directories with definitions that the guest's may refer to
   * @param correct whether a corrected definition is of use
   */
  Judged judge(InputFile guest, List<Path> beside, boolean correct) throws IOException {
    HostFacts facts = host.probe(images(guest, beside)).facts();
    Contexts contexts = new Contexts(facts, new ExceptionOptions());
    DefinitionFiles files = DefinitionFiles.guest(guest, beside, contexts);
    List<Problem> problems = new ArrayList<>();
    files.problemsBefore().forEach(result -> problems.addAll(result.problems()));
    List<Judged> judged = new ArrayList<>();
    files.forEach(
        1,
        correct ? new Fixer(new Linter(false), false)::fix : GuestGate::asItIs,
        outcome -> {
          outcome.problem().ifPresent(problems::add);
          if (outcome.defect().isPresent()) {
            throw outcome.defect().get();
          }
          outcome.result().ifPresent(it -> judged.add(judged(it, outcome.context(), problems)));
        });
    if (judged.isEmpty()) {
      return new Judged(
          List.of(), FileResult.ofProblems(guest.display(), problems), Optional.empty(), "");
    }
    return judged.get(0);
  }

  private static Fixed asItIs(Parsed guest) {
    FileResult result = new Linter(false).lint(guest);
    return new Fixed(guest.definition(), result, guest.definition(), result, List.of());
  }

  private static Judged judged(Fixed fixed, Context context, List<Problem> problems) {
    List<Finding> refusing = refusing(fixed.before(), context);
    boolean cured = fixed.isChanged() && refusing(fixed.after(), context).isEmpty();
    FileResult result = fixed.before();
    FileResult told =
        new FileResult(
            result.path(),
            result.guests(),
            result.volumes(),
            result.passes(),
            result.findings().stream()
                .filter(it -> isStarted(it) && isWorthTelling(it, context))
                .toList(),
            Stream.concat(problems.stream(), result.problems().stream()).toList(),
            List.of(),
            result.suppressed());
    return new Judged(
        refusing, told, Optional.of(fixed.definition().text().bytes()).filter(text -> cured), "");
  }

  private static boolean isWorthTelling(Finding finding, Context context) {
    return finding.severity().isAtLeast(Severity.WARNING)
        || finding.severity().isAtLeast(context.failOn());
  }

  private static List<Finding> refusing(FileResult result, Context context) {
    return result.findings().stream()
        .filter(it -> it.verdict() == Verdict.FAIL && isStarted(it))
        .filter(it -> it.severity().isAtLeast(context.failOn()))
        .toList();
  }

  /** A start is of what is current; pending changes and snapshots wait. */
  private static boolean isStarted(Finding finding) {
    return finding.section().equals(DeclaredVolume.CURRENT);
  }

  /** What the guest has on this host; nothing else of the host is touched. */
  List<String> images(InputFile guest, List<Path> beside) throws IOException {
    Contexts contexts = new Contexts(new PolicySet(new PolicyCompiler(), List.of()));
    return LiveHost.images(DefinitionFiles.guest(guest, beside, contexts));
  }

  /** Whether all of a guest's images are on this host. */
  boolean hasImages(InputFile guest) throws IOException {
    return images(guest, List.of()).stream()
        .allMatch(path -> Files.exists(host.root().resolve(path.substring(1))));
  }
}
