package dev.policyctl.policy;

import dev.policyctl.model.Change;
import dev.policyctl.model.Missing;
import dev.policyctl.source.Edit;
import dev.policyctl.source.Location;
import java.util.List;
import java.util.Optional;

/**
 * What one policy says of one subject.
 *
 * @param at the text that decides
 * @param excerpt the source line at {@code at}; empty when there is none
 * @param format the definition's format
 * @param guest the guest's id; empty for a storage definition
 * @param subject the volume's key or the storage's id; empty for a guest
 * @param section the volume's section; {@code current} otherwise
 * @param host the host it was judged for; empty when none is known
 * @param policy the policy's name
 * @param severity the policy's, at most a warning in a snapshot
 * @param message what is: one line, lowercase start, no final period
 * @param because the reasons of the values that decided
 * @param undecided of an unknown: paths of the fields that the undecided side read
 * @param missing of an unknown: the facts that would decide
 * @param help what to do; empty for a pass
 * @param fixes best safety first
 */
public record Finding(
    Location at,
    String excerpt,
    String format,
    String guest,
    String subject,
    String section,
    String host,
    String policy,
    Severity severity,
    Verdict verdict,
    String message,
    List<String> because,
    List<String> undecided,
    List<Missing> missing,
    String help,
    List<ProposedFix> fixes) {
  public Finding {
    because = List.copyOf(because);
    undecided = List.copyOf(undecided);
    missing = List.copyOf(missing);
    fixes = List.copyOf(fixes);
  }

  /** The same of something that is known by another name than its file's. */
  public Finding in(String path) {
    return new Finding(
        Location.ofFile(path),
        "",
        format,
        guest,
        subject,
        section,
        host,
        policy,
        severity,
        verdict,
        message,
        because,
        undecided,
        missing,
        help,
        fixes);
  }

  /** The cure to tell first: the safest that has edits, else the first that has steps. */
  public Optional<ProposedFix> bestFix() {
    return best(fixes);
  }

  /** As {@link #bestFix}, of fixes that come in the order of their safety. */
  public static Optional<ProposedFix> best(List<ProposedFix> fixes) {
    return fixes.stream()
        .filter(fix -> !fix.edits().isEmpty())
        .findFirst()
        .or(() -> fixes.stream().filter(fix -> !fix.steps().isEmpty()).findFirst())
        .or(() -> fixes.stream().findFirst());
  }

  /**
   * A cure for this finding.
   *
   * @param steps of a manual fix: what to do, a line each
   * @param edits of the file at {@link #at()}, proven to cure; empty for a manual fix and where
   *     none could be proven
   * @param change what the edits write; empty for a manual fix
   * @param refused why there are no edits although the fix is none for a person, as a clause; empty
   *     otherwise
   */
  public record ProposedFix(
      String title,
      Safety safety,
      List<String> steps,
      List<PlacedEdit> edits,
      Optional<Change> change,
      String refused) {
    public ProposedFix {
      steps = List.copyOf(steps);
      edits = List.copyOf(edits);
    }

    /** A fix that a person carries out. */
    public static ProposedFix manual(String title, List<String> steps) {
      return new ProposedFix(title, Safety.MANUAL, steps, List.of(), Optional.empty(), "");
    }
  }

  /** An edit and its place in a person's terms. */
  public record PlacedEdit(Location at, Edit edit) {}
}
