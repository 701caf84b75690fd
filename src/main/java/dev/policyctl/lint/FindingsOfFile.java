package dev.policyctl.lint;

import dev.policyctl.fix.FixProver;
import dev.policyctl.fix.FixProver.Proof;
import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.model.Change;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Finding.PlacedEdit;
import dev.policyctl.policy.Finding.ProposedFix;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.Safety;
import dev.policyctl.source.Edit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts the judgements of one file into findings, each with the fixes that were proven for it. */
final class FindingsOfFile {
  private final ParsedFile file;
  private final List<Judged> judged;
  private final List<List<Policy.Fix>> fixes = new ArrayList<>();
  private final FixProver prover;
  private final boolean proveFixes;

  /**
   * @param proveFixes whether edits are looked for; without them a fix is a title
   */
  FindingsOfFile(
      DefinitionFormat format, ParsedFile file, List<Judged> judged, boolean proveFixes) {
    this.proveFixes = proveFixes;
    this.file = file;
    this.judged = judged;
    Set<Change> changes = new LinkedHashSet<>();
    for (Judged one : judged) {
      List<Policy.Fix> found = one.fixes();
      found.stream().filter(fix -> !isManual(fix)).map(one::change).forEach(changes::add);
      fixes.add(found);
    }
    this.prover = new FixProver(format, file, changes);
  }

  /** In the order of the judgements; the list may be sorted anew. */
  List<Finding> write() {
    FindingWriter writer = new FindingWriter(file.source());
    List<Finding> findings = new ArrayList<>(judged.size());
    for (int i = 0; i < judged.size(); i++) {
      Judged one = judged.get(i);
      List<ProposedFix> proposed = fixes.get(i).stream().map(fix -> propose(one, fix)).toList();
      findings.add(
          writer.write(
              one.policy(),
              one.judgement(),
              one.values(),
              one.subject(),
              one.positions(),
              proposed,
              one.expired()));
    }
    return findings;
  }

  private static boolean isManual(Policy.Fix fix) {
    return fix.safety() == Safety.MANUAL;
  }

  private ProposedFix propose(Judged one, Policy.Fix fix) {
    if (isManual(fix)) {
      return ProposedFix.manual(fix.title(), one.policy().steps(fix, one.values()));
    }
    Change change = one.change(fix);
    if (!proveFixes) {
      return new ProposedFix(
          fix.title(), fix.safety(), List.of(), List.of(), Optional.of(change), "");
    }
    Proof proof = prover.prove(change, one.policy(), one.others(), one.edited());
    List<PlacedEdit> edits =
        proof instanceof Proof.Proven proven ? placed(proven.edits()) : List.of();
    String refused = proof instanceof Proof.Refused refusal ? refusal.why() : "";
    return new ProposedFix(
        fix.title(), fix.safety(), List.of(), edits, Optional.of(change), refused);
  }

  private List<PlacedEdit> placed(List<Edit> edits) {
    return edits.stream()
        .sorted(Comparator.comparingInt(edit -> edit.span().start()))
        .map(edit -> new PlacedEdit(file.source().location(edit.span()), edit))
        .toList();
  }
}
