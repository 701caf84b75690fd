package dev.policyctl.admission;

import dev.policyctl.lint.FileResult;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Verdict;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What makes two findings one: an unrelated change of an object is not refused for what was in it
 * already.
 */
record Hazard(
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

  /** Those of an object before a change; none where it is new. */
  static Set<Hazard> before(Review review, World world) {
    return ObjectJudge.judge(review.oldObject(), world).map(Hazard::of).orElse(Set.of());
  }

  private static Set<Hazard> of(FileResult result) {
    return result.findings().stream().map(Hazard::of).collect(Collectors.toSet());
  }
}
