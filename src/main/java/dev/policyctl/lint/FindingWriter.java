package dev.policyctl.lint;

import dev.policyctl.fix.EditWords;
import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Missing;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.model.Values;
import dev.policyctl.policy.CompiledPolicy;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Judgement;
import dev.policyctl.policy.Safety;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Edit;
import dev.policyctl.source.Location;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a finding of a judgement: its place, its words, its reasons. */
final class FindingWriter {
  private final SourceText source;

  FindingWriter(SourceText source) {
    this.source = source;
  }

  /**
   * What was judged.
   *
   * @param format of the guest or of the storage definition
   * @param guest the guest's id; empty for a storage definition
   * @param key the volume's key or the storage's id; empty for a guest
   */
  record Subject(
      String format, String guest, String key, String section, String host, boolean isVolume) {

    static Subject ofGuest(DeclaredGuest guest, String host) {
      return new Subject(guest.format(), guest.id(), "", DeclaredVolume.CURRENT, host, false);
    }

    static Subject ofVolume(DeclaredGuest guest, DeclaredVolume volume, String host) {
      return new Subject(guest.format(), guest.id(), volume.key(), volume.section(), host, true);
    }

    static Subject ofStorage(StorageDefinition storage, String host) {
      return new Subject(storage.format(), "", storage.id(), DeclaredVolume.CURRENT, host, false);
    }

    JudgedSubject judged(Values values, Worst worst) {
      return new JudgedSubject(
          format, guest, key, section, host, values, worst.verdict(), worst.severity());
    }

    /** What a message calls it. */
    String label() {
      return key.isEmpty() ? guest : key;
    }

    Optional<String> snapshot() {
      return section.startsWith(DeclaredVolume.SNAPSHOT_PREFIX)
          ? Optional.of(section.substring(DeclaredVolume.SNAPSHOT_PREFIX.length()))
          : Optional.empty();
    }
  }

  Finding write(
      CompiledPolicy policy,
      Judgement judgement,
      Values values,
      Subject subject,
      Positions positions,
      List<Finding.ProposedFix> fixes,
      List<String> expired) {
    Location at = source.location(place(policy, subject, positions));
    List<Missing> missing = missing(judgement, values);
    return new Finding(
        at,
        source.excerpt(at),
        subject.format(),
        subject.guest(),
        subject.key(),
        subject.section(),
        subject.host(),
        policy.policy().name(),
        severity(policy, subject),
        verdict(judgement),
        message(policy, judgement, values, subject, missing),
        because(policy, values, expired),
        undecided(judgement).stream().map(Field::path).toList(),
        missing,
        judgement instanceof Judgement.Fail
            ? cure(policy, values, fixes)
            : missing.stream().findFirst().map(Missing::help).orElse(""),
        fixes);
  }

  /** What to do about a failure: what an edit would do, else what the policy says. */
  private String cure(CompiledPolicy policy, Values values, List<Finding.ProposedFix> fixes) {
    Optional<Finding.ProposedFix> best = Finding.best(fixes);
    if (best.isEmpty()) {
      return policy.help(values);
    }
    Finding.ProposedFix fix = best.get();
    if (!fix.edits().isEmpty()) {
      String how = fix.safety() == Safety.SAFE ? "" : " with `--unsafe-fixes`";
      List<Edit> edits = fix.edits().stream().map(Finding.PlacedEdit::edit).toList();
      return EditWords.of(source, edits) + " (fix available" + how + ")";
    }
    String help = policy.policy().help().isPresent() ? policy.help(values) : fix.title();
    return fix.refused().isEmpty() ? help : help + " (no fix: " + fix.refused() + ")";
  }

  /** The policy's, at most a warning in a snapshot. */
  static Severity severity(CompiledPolicy policy, Subject subject) {
    Severity severity = policy.policy().severity();
    return subject.snapshot().isPresent() ? severity.atMost(Severity.WARNING) : severity;
  }

  private static Verdict verdict(Judgement judgement) {
    if (judgement instanceof Judgement.Pass) {
      return Verdict.PASS;
    }
    return judgement instanceof Judgement.Fail ? Verdict.FAIL : Verdict.UNKNOWN;
  }

  private static Set<Field<?>> undecided(Judgement judgement) {
    return judgement instanceof Judgement.Unknown unknown ? unknown.undecided() : Set.of();
  }

  private static String message(
      CompiledPolicy policy,
      Judgement judgement,
      Values values,
      Subject subject,
      List<Missing> missing) {
    if (judgement instanceof Judgement.Pass) {
      return "`" + subject.label() + "` passes";
    }
    String message =
        judgement instanceof Judgement.Fail fail
            ? policy.message(values, fail)
            : "`" + subject.label() + "` is not decided: " + named(missing);
    return subject
        .snapshot()
        .map(name -> message + ", after a rollback to `" + name + "`")
        .orElse(message);
  }

  private static String named(List<Missing> missing) {
    return String.join(", ", missing.stream().map(Missing::message).toList());
  }

  private static List<Missing> missing(Judgement judgement, Values values) {
    Set<Missing> missing = new LinkedHashSet<>();
    for (Field<?> field : undecided(judgement)) {
      values.get(field).whatIsMissing().ifPresent(missing::add);
    }
    return List.copyOf(missing);
  }

  private static List<String> because(CompiledPolicy policy, Values values, List<String> expired) {
    Set<String> reasons = new LinkedHashSet<>();
    for (Field<?> field : policy.reads()) {
      Fact<?> fact = values.get(field);
      reasons.addAll(fact.because());
    }
    reasons.addAll(expired);
    return new ArrayList<>(reasons);
  }

  /**
   * The text that decides: of the fields that a fix would set, then of those that the policy reads,
   * the first that stands somewhere; else the whole subject.
   */
  private Span place(CompiledPolicy policy, Subject subject, Positions positions) {
    List<Field<?>> candidates = new ArrayList<>();
    policy.policy().fixes().forEach(fix -> candidates.addAll(fix.set().keySet()));
    candidates.addAll(policy.reads());
    for (Field<?> field : candidates) {
      Optional<Span> found =
          subject.isVolume()
              ? positions.field(subject.section(), subject.key(), field)
              : positions.field(field);
      if (found.isPresent()) {
        return found.get();
      }
    }
    Optional<Span> whole =
        subject.isVolume()
            ? positions.volume(subject.section(), subject.key())
            : positions.subject();
    return whole.orElse(new Span(0, 0));
  }
}
