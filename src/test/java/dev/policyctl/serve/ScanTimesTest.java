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
  private static final PolicySet POLICIES = PolicyFiles.load(List.of()).policies();
  private static final PolicySet OTHERS = POLICIES.with(List.of());

  private final ScanTimes times = new ScanTimes(Duration.ofHours(1), true);

  private boolean leaderIsDue(Instant now, PolicySet policies) {
    return times.isDue(now, policies, true, false);
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
  void aNewLeaderWritesReportsWhateverItHasSeen() {
    times.begin(START, POLICIES, false);
    assertTrue(leaderIsDue(SOON, POLICIES));
    ScanTimes withoutReports = new ScanTimes(Duration.ofHours(1), false);
    withoutReports.begin(START, POLICIES, false);
    assertFalse(withoutReports.isDue(SOON, POLICIES, true, true));
  }
}
