package dev.policyctl.admission;

import dev.policyctl.policy.Finding;
import dev.policyctl.source.Problem;
import java.util.List;

/**
 * What came of a review.
 *
 * @param denying the findings that refuse the object; empty where it is admitted
 * @param warning the findings that its sender is told of
 * @param recorded the findings for the audit log alone
 * @param problems what of the object, or of a policy, could not be read
 */
public record Outcome(
    List<Finding> denying, List<Finding> warning, List<Finding> recorded, List<Problem> problems) {
  /** Of what is not judged. */
  static final Outcome NOTHING = new Outcome(List.of(), List.of(), List.of(), List.of());

  public Outcome {
    denying = List.copyOf(denying);
    warning = List.copyOf(warning);
    recorded = List.copyOf(recorded);
    problems = List.copyOf(problems);
  }

  public boolean isAllowed() {
    return denying.isEmpty();
  }
}
