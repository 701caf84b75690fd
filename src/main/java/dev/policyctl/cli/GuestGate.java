package dev.policyctl.cli;

import dev.policyctl.cli.LiveHost.Image;
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
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
      return told.problems().stream().anyMatch(it -> it.severity() == Problem.Severity.ERROR)
          || told.findings().stream().anyMatch(it -> it.verdict() == Verdict.UNKNOWN);
    }
  }

  /**
   * @param beside directories with definitions that the guest's may refer to
   * @param correct whether a corrected definition is of use
   */
  Judged judge(InputFile guest, List<Path> beside, boolean correct) throws IOException {
    List<Image> images = images(guest, beside);
    HostFacts facts = host.probe(LiveHost.paths(images)).facts();
    Contexts contexts = new Contexts(facts, new ExceptionOptions());
    DefinitionFiles files = DefinitionFiles.guest(guest, beside, contexts);
    List<Problem> problems = new ArrayList<>();
    files.problemsBefore().forEach(result -> problems.addAll(result.problems()));
    Set<String> absent = absent(images, guest, problems);
    List<Judged> judged = new ArrayList<>();
    files.forEach(
        1,
        correct ? new Fixer(new Linter(false), false)::fix : GuestGate::asItIs,
        outcome -> {
          outcome.problem().ifPresent(problems::add);
          if (outcome.defect().isPresent()) {
            throw outcome.defect().get();
          }
          outcome
              .result()
              .ifPresent(it -> judged.add(judged(it, outcome.context(), absent, problems)));
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

  private static Judged judged(
      Fixed fixed, Context context, Set<String> absent, List<Problem> problems) {
    List<Finding> refusing = refusing(fixed.before(), context, absent);
    boolean cured = fixed.isChanged() && refusing(fixed.after(), context, absent).isEmpty();
    FileResult result = fixed.before();
    FileResult told =
        new FileResult(
            result.path(),
            result.guests(),
            result.volumes(),
            result.passes(),
            started(result, absent).filter(it -> isWorthTelling(it, context)).toList(),
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

  private static List<Finding> refusing(FileResult result, Context context, Set<String> absent) {
    return started(result, absent)
        .filter(it -> it.verdict() == Verdict.FAIL)
        .filter(it -> it.severity().isAtLeast(context.failOn()))
        .toList();
  }

  /** A start is of what is current; pending changes and snapshots wait. */
  private static Stream<Finding> started(FileResult result, Set<String> absent) {
    return result.findings().stream()
        .filter(it -> it.section().equals(DeclaredVolume.CURRENT))
        .filter(it -> !absent.contains(it.subject()));
  }

  /**
   * The volumes whose images are not there: they come with a migration, or their storage is not
   * mounted yet, and what lies in its place says nothing of it.
   */
  private Set<String> absent(List<Image> images, InputFile guest, List<Problem> problems) {
    Set<String> absent = new HashSet<>();
    for (Image image : images) {
      if (image.isUsed() && !Files.exists(host.root().resolve(image.path().substring(1)))) {
        absent.add(image.volume());
        problems.add(
            Problem.error(
                Location.ofFile(guest.display()),
                "`" + image.path() + "` of `" + image.volume() + "` is not on this host",
                "what lies below it is known when its storage is active and the image is there"));
      }
    }
    return absent;
  }

  private static List<Image> images(InputFile guest, List<Path> beside) throws IOException {
    Contexts contexts = new Contexts(new PolicySet(new PolicyCompiler(), List.of()));
    return LiveHost.images(DefinitionFiles.guest(guest, beside, contexts));
  }
}
