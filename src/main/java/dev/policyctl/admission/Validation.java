package dev.policyctl.admission;

import dev.policyctl.lint.FileResult;
import dev.policyctl.policy.Admission;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether an object is admitted: every finding denies, warns or is recorded, as its policy
 * says.
 */
final class Validation {
  private final World world;

  Validation(World world) {
    this.world = world;
  }

  Outcome of(Review review) {
    if (!review.isJudged()) {
      return Outcome.NOTHING;
    }
    return ObjectJudge.judge(review.object(), world)
        .map(result -> decide(review, result))
        .orElse(Outcome.NOTHING);
  }

  private Outcome decide(Review review, FileResult result) {
    List<Finding> denying = new ArrayList<>();
    List<Finding> warning = new ArrayList<>();
    List<Finding> recorded = new ArrayList<>();
    for (Finding finding : result.findings()) {
      switch (action(finding)) {
        case DENY -> denying.add(finding);
        case WARN -> warning.add(finding);
        case AUDIT -> recorded.add(finding);
      }
    }
    if (!denying.isEmpty()) {
      Set<Hazard> before = hazardsBefore(review);
      boolean isMade = review.isMadeByController();
      List<Finding> known =
          denying.stream().filter(it -> isMade || before.contains(Hazard.of(it))).toList();
      denying.removeAll(known);
      warning.addAll(known);
    }
    return new Outcome(denying, warning, recorded, result.problems());
  }

  private Admission.Action action(Finding finding) {
    Optional<Policy> policy = world.surroundings().policies().find(finding.policy());
    Admission admission =
        policy.map(Policy::admission).orElseGet(() -> Admission.of(finding.severity()));
    return finding.verdict() == Verdict.UNKNOWN ? admission.unknown() : admission.fail();
  }

  /**
   * What makes a finding the same before and after an update: an unrelated change of an object is
   * not refused for what was in it already.
   */
  private record Hazard(
      String policy, String guest, String subject, String section, String host, Verdict verdict) {
    static Hazard of(Finding finding) {
      return new Hazard(
          finding.policy(),
          finding.guest(),
          finding.subject(),
          finding.section(),
          finding.host(),
          finding.verdict());
    }
  }

  private Set<Hazard> hazardsBefore(Review review) {
    Set<Hazard> hazards = new HashSet<>();
    if (review.oldObject().isObject()) {
      ObjectJudge.judge(review.oldObject(), world)
          .ifPresent(result -> result.findings().forEach(it -> hazards.add(Hazard.of(it))));
    }
    return hazards;
  }
}
