package dev.policyctl.admission;

import dev.policyctl.lint.FileResult;
import dev.policyctl.policy.Admission;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

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
      Set<Hazard> before = Hazard.before(review, world);
      boolean isMade = review.isMadeByController();
      List<Finding> known =
          denying.stream().filter(it -> isMade || before.contains(Hazard.of(it))).toList();
      denying.removeAll(known);
      warning.addAll(known);
      boolean isShort = !denying.isEmpty() && denying.size() <= Mutation.MAX_CURES;
      denying.replaceAll(withCures(isShort ? cures(review) : Map.of()));
    }
    return new Outcome(denying, warning, recorded, result.problems());
  }

  /** A refusal is rare, and tells what to write. */
  private Map<Hazard, Finding> cures(Review review) {
    Map<Hazard, Finding> cures = new HashMap<>();
    for (Finding finding : ObjectJudge.judgeWithFixes(review.object(), world).findings()) {
      cures.put(Hazard.of(finding), finding);
    }
    return cures;
  }

  private static UnaryOperator<Finding> withCures(Map<Hazard, Finding> cures) {
    return finding -> cures.getOrDefault(Hazard.of(finding), finding);
  }

  private Admission.Action action(Finding finding) {
    Optional<Policy> policy = world.surroundings().policies().find(finding.policy());
    Admission admission =
        policy.map(Policy::admission).orElseGet(() -> Admission.of(finding.severity()));
    return finding.verdict() == Verdict.UNKNOWN ? admission.unknown() : admission.fail();
  }
}
