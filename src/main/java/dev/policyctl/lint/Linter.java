package dev.policyctl.lint;

import dev.policyctl.exception.Decision;
import dev.policyctl.exception.Suppression;
import dev.policyctl.fix.FixProver.Resolution;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Values;
import dev.policyctl.policy.CompiledPolicy;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Judgement;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.policy.Target;
import dev.policyctl.source.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Judges one file: parse, resolve, judge. Thread-safe; holds nothing of the files it judged. */
public final class Linter {
  private static final Comparator<Finding> ORDER =
      Comparator.comparingInt((Finding finding) -> finding.at().line())
          .thenComparingInt(finding -> finding.at().column())
          .thenComparing(Finding::policy)
          .thenComparing(Finding::section)
          .thenComparing(Finding::subject)
          .thenComparing(Finding::host);

  private final boolean keepPasses;
  private final boolean proveFixes;
  private final boolean keepSubjects;

  /**
   * @param keepPasses whether a pass is a finding too
   */
  public Linter(boolean keepPasses) {
    this(keepPasses, true, false);
  }

  private Linter(boolean keepPasses, boolean proveFixes, boolean keepSubjects) {
    this.keepPasses = keepPasses;
    this.proveFixes = proveFixes;
    this.keepSubjects = keepSubjects;
  }

  /** One that tells what would cure, and looks for no edits that do. */
  public static Linter withoutFixes() {
    return new Linter(false, false, false);
  }

  /** One that tells of every guest, volume and storage what came of it. */
  public Linter keepingSubjects() {
    return new Linter(keepPasses, proveFixes, true);
  }

  public FileResult lint(Parsed parsed) {
    ParsedFile file = parsed.file();
    Run run = new Run(parsed);
    new Subjects(parsed.definition(), parsed.surroundings()).visit(file, run);
    List<Finding> findings =
        new FindingsOfFile(parsed.definition().format(), file, run.judged, proveFixes).write();
    findings.sort(ORDER);
    List<Problem> problems = problems(file, run.brokenPolicies);
    run.acceptance.problems().forEach(problem -> problems.add(file.source().quote(problem)));
    return new FileResult(
        file.source().path(),
        file.guests().size(),
        file.guests().stream().mapToInt(guest -> guest.guest().volumes().size()).sum(),
        run.passes,
        findings,
        problems,
        run.subjects,
        suppressed(parsed, run));
  }

  /** In the order of findings; nobody asks what would cure them. */
  private static List<SuppressedFinding> suppressed(Parsed parsed, Run run) {
    if (run.suppressed.isEmpty()) {
      return List.of();
    }
    List<Finding> findings =
        new FindingsOfFile(parsed.definition().format(), parsed.file(), run.suppressed, false)
            .write();
    List<SuppressedFinding> all = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      all.add(new SuppressedFinding(findings.get(i), run.suppressions.get(i)));
    }
    all.sort(Comparator.comparing(SuppressedFinding::finding, ORDER));
    return all;
  }

  private static List<Problem> problems(ParsedFile file, Set<Problem> brokenPolicies) {
    List<Problem> all = new ArrayList<>();
    file.problems().forEach(problem -> all.add(file.source().quote(problem)));
    all.addAll(brokenPolicies);
    return all;
  }

  private final class Run implements Subjects.Visitor {
    private final PolicySet policies;
    private final List<Judged> judged = new ArrayList<>();
    private final Set<Problem> brokenPolicies = new LinkedHashSet<>();
    private final List<JudgedSubject> subjects = new ArrayList<>();
    private final Acceptance acceptance;
    private final List<Judged> suppressed = new ArrayList<>();
    private final List<Suppression> suppressions = new ArrayList<>();
    private int passes;

    Run(Parsed parsed) {
      this.policies = parsed.surroundings().policies();
      this.acceptance = new Acceptance(parsed);
    }

    @Override
    public void guest(ParsedGuest guest, String host, Supplier<Values> values, Resolution edited) {
      judge(
          Target.GUEST,
          values,
          FindingWriter.Subject.ofGuest(guest.guest(), host),
          guest.positions(),
          edited);
    }

    @Override
    public void volume(
        ParsedGuest guest,
        DeclaredVolume volume,
        String host,
        Supplier<Values> values,
        Resolution edited) {
      judge(
          Target.VOLUME,
          values,
          FindingWriter.Subject.ofVolume(guest.guest(), volume, host),
          guest.positions(),
          edited);
    }

    @Override
    public void storage(
        ParsedStorage storage, String host, Supplier<Values> values, Resolution edited) {
      judge(
          Target.STORAGE,
          values,
          FindingWriter.Subject.ofStorage(storage.storage(), host),
          storage.positions(),
          edited);
    }

    private void judge(
        Target target,
        Supplier<Values> resolve,
        FindingWriter.Subject subject,
        Positions positions,
        Resolution edited) {
      List<CompiledPolicy> applicable = policies.forTarget(target);
      if (applicable.isEmpty()) {
        return;
      }
      Values values = resolve.get();
      Worst worst = new Worst();
      for (CompiledPolicy policy : applicable) {
        Judgement judgement = policy.judge(values);
        boolean passes = judgement instanceof Judgement.Pass;
        this.passes += passes ? 1 : 0;
        Decision decision =
            acceptance.decide(policy.policy().name(), judgement, subject, values, positions);
        Judged one =
            new Judged(
                policy,
                applicable,
                judgement,
                values,
                subject,
                positions,
                edited,
                decision.expired());
        if (decision.suppression().isPresent()) {
          suppressed.add(one);
          suppressions.add(decision.suppression().get());
          continue;
        }
        worst.add(judgement, FindingWriter.severity(policy, subject));
        if (judgement instanceof Judgement.Broken broken) {
          brokenPolicies.add(broken.problem());
        } else if (!passes || keepPasses) {
          judged.add(one);
        }
      }
      if (keepSubjects) {
        subjects.add(subject.judged(values, worst));
      }
    }
  }
}
