package dev.policyctl.lint;

import dev.policyctl.fix.Draft;
import dev.policyctl.model.Change;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Finding.PlacedEdit;
import dev.policyctl.policy.Finding.ProposedFix;
import dev.policyctl.policy.Safety;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Edit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Applies the fixes of one definition's findings until none is left that may be applied. The graver
 * finding goes first, then the policy's name decides; a fix that has become impossible by an
 * earlier one stays a finding and says so. Every round is proven as a whole, and takes failures
 * away without adding one, so that the rounds end. Pure and thread-safe.
 */
public final class Fixer {
  private static final Comparator<Candidate> ORDER =
      Comparator.comparing((Candidate candidate) -> candidate.finding().severity())
          .thenComparing(candidate -> candidate.finding().policy());

  private final Linter linter;
  private final boolean unsafeToo;

  /**
   * @param unsafeToo whether fixes are applied that a person should agree to
   */
  public Fixer(Linter linter, boolean unsafeToo) {
    this.linter = linter;
    this.unsafeToo = unsafeToo;
  }

  /**
   * A definition before and after.
   *
   * @param fixed the findings that are gone, as they were when they were cured
   */
  public record Fixed(
      Definition original,
      FileResult before,
      Definition definition,
      FileResult after,
      List<Finding> fixed) {
    public Fixed {
      fixed = List.copyOf(fixed);
    }

    public boolean isChanged() {
      return !fixed.isEmpty();
    }
  }

  private record Candidate(Finding finding, Change change, List<Edit> edits) {}

  private record State(Parsed parsed, FileResult result) {}

  public Fixed fix(Parsed original) {
    FileResult before = linter.lint(original);
    State state = new State(original, before);
    List<Finding> fixed = new ArrayList<>();
    Optional<State> next = next(state);
    while (next.isPresent()) {
      fixed.addAll(goneBetween(state.result(), next.get().result()));
      state = next.get();
      next = next(state);
    }
    return new Fixed(
        original.definition(), before, state.parsed().definition(), state.result(), fixed);
  }

  private Optional<State> next(State state) {
    List<Candidate> candidates = candidates(state.result());
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    Optional<State> together = apply(state, choose(candidates));
    // Each alone is proven, so one is left where several do not go together.
    return together.or(() -> apply(state, choose(candidates.subList(0, 1))));
  }

  private List<Candidate> candidates(FileResult result) {
    List<Candidate> candidates = new ArrayList<>();
    for (Finding finding : result.findings()) {
      applicable(finding)
          .map(
              fix ->
                  new Candidate(
                      finding,
                      fix.change().orElseThrow(),
                      fix.edits().stream().map(PlacedEdit::edit).toList()))
          .ifPresent(candidates::add);
    }
    candidates.sort(ORDER);
    return candidates;
  }

  private Optional<ProposedFix> applicable(Finding finding) {
    Safety limit = unsafeToo ? Safety.UNSAFE : Safety.SAFE;
    return finding.fixes().stream()
        .filter(fix -> fix.safety().compareTo(limit) <= 0 && !fix.edits().isEmpty())
        .findFirst();
  }

  /** One change of each place: another one is proposed again, or refused, in the next round. */
  private static Map<Change, List<Edit>> choose(List<Candidate> candidates) {
    Map<Change, List<Edit>> chosen = new LinkedHashMap<>();
    Set<Change.Place> places = new HashSet<>();
    for (Candidate candidate : candidates) {
      if (places.add(candidate.change().place())) {
        chosen.put(candidate.change(), candidate.edits());
      }
    }
    return chosen;
  }

  private Optional<State> apply(State state, Map<Change, List<Edit>> changes) {
    Parsed before = state.parsed();
    Definition old = before.definition();
    if (!(Draft.write(old.format(), before.file(), changes) instanceof Draft.Written written)) {
      return Optional.empty();
    }
    Definition edited = new Definition(written.after().source(), old.fullPath(), old.format());
    Parsed after = new Parsed(edited, written.after(), before.surroundings());
    FileResult result = linter.lint(after);
    Set<FailureKey> failures = failures(state.result());
    boolean cures =
        failures(result).size() < failures.size() && failures.containsAll(failures(result));
    return cures ? Optional.of(new State(after, result)) : Optional.empty();
  }

  private record FailureKey(
      String policy, String guest, String subject, String section, String host) {
    static FailureKey of(Finding finding) {
      return new FailureKey(
          finding.policy(), finding.guest(), finding.subject(), finding.section(), finding.host());
    }
  }

  private static Set<FailureKey> failures(FileResult result) {
    return result.findings().stream()
        .filter(finding -> finding.verdict() == Verdict.FAIL)
        .map(FailureKey::of)
        .collect(Collectors.toSet());
  }

  private static List<Finding> goneBetween(FileResult before, FileResult after) {
    Set<FailureKey> left = failures(after);
    return before.findings().stream()
        .filter(finding -> finding.verdict() == Verdict.FAIL)
        .filter(finding -> !left.contains(FailureKey.of(finding)))
        .toList();
  }
}
