package dev.policyctl.lint;

import dev.policyctl.fix.FixProver.Resolution;
import dev.policyctl.format.Positions;
import dev.policyctl.model.Change;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import dev.policyctl.policy.CompiledPolicy;
import dev.policyctl.policy.Judgement;
import dev.policyctl.policy.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one policy said of one subject on one host, before it is put into words.
 *
 * @param others all policies that judge the subject, this one among them
 * @param edited finds the subject in an edited text
 * @param expired what was accepted for a time that is over, a clause each
 */
record Judged(
    CompiledPolicy policy,
    List<CompiledPolicy> others,
    Judgement judgement,
    Values values,
    FindingWriter.Subject subject,
    Positions positions,
    Resolution edited,
    List<String> expired) {

  /** The policy's fixes that come into question; none unless it fails. */
  List<Policy.Fix> fixes() {
    return judgement instanceof Judgement.Fail ? policy.fixes(values) : List.of();
  }

  /** The definition's change that a fix asks for. */
  Change change(Policy.Fix fix) {
    Map<String, Object> set = new HashMap<>();
    for (Map.Entry<Field<?>, Object> value : fix.set().entrySet()) {
      set.put(value.getKey().path(), value.getValue());
    }
    return new Change(subject.guest(), subject.key(), subject.section(), set);
  }
}
