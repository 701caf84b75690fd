package dev.policyctl.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.policy.PolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When which replica scans. */
class ScanTimesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant SOON = START.plusSeconds(60);
  private static final Instant LATE = START.plusSeconds(3601);
  private static final ScanTimes.Rules POLICIES = rules(PolicyFiles.load(List.of()).policies());
  private static final ScanTimes.Rules OTHERS = rules(POLICIES.policies().with(List.of()));

  private final ScanTimes times = new ScanTimes(Duration.ofHours(1));

  private static ScanTimes.Rules rules(PolicySet policies) {
    return new ScanTimes.Rules(policies, List.of());
  }

  private boolean leaderIsDue(Instant now, ScanTimes.Rules rules) {
    return times.isDue(now, rules, true, false);
  }

  @Test
  void theLeaderScansAtOnceThenAfterTheInterval() {
    assertTrue(leaderIsDue(START, POLICIES));
    times.begin(START, POLICIES, true);
    assertFalse(leaderIsDue(SOON, POLICIES));
    assertTrue(leaderIsDue(LATE, POLICIES));
  }

  @Test
  void otherPoliciesDoNotWait() {
    times.begin(START, POLICIES, true);
    assertTrue(leaderIsDue(SOON, OTHERS));
  }

  @Test
  void anotherReplicaScansOnlyWhenItIsAsked() {
    assertFalse(times.isDue(START, POLICIES, false, false));
    assertTrue(times.isDue(START, POLICIES, false, true));
    times.begin(START, POLICIES, false);
    assertFalse(times.isDue(SOON, POLICIES, false, true));
    assertFalse(times.isDue(LATE, POLICIES, false, false));
    assertTrue(times.isDue(LATE, POLICIES, false, true));
  }

  @Test
  void aNewLeaderWritesWhateverItHasSeen() {
    times.begin(START, POLICIES, false);
    assertTrue(leaderIsDue(SOON, POLICIES));
  }
}
