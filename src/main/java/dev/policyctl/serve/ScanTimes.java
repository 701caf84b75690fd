package dev.policyctl.serve;

import dev.policyctl.policy.PolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a replica scans: the leader after every interval and whenever policies have changed, another
 * one only when it was asked for its page since its last scan.
 */
final class ScanTimes {
  private final Duration interval;
  private final boolean writesReports;
  private Optional<Done> last = Optional.empty();

  private record Done(Instant at, PolicySet policies, boolean asLeader) {}

  /**
   * @param writesReports whether the leader's scans write reports, which those of others do not
   */
  ScanTimes(Duration interval, boolean writesReports) {
    this.interval = interval;
    this.writesReports = writesReports;
  }

  /**
   * Whether to scan now.
   *
   * @param isWanted whether somebody asked for the page
   */
  boolean isDue(Instant now, PolicySet policies, boolean isLeader, boolean isWanted) {
    if (!isLeader && !isWanted) {
      return false;
    }
    return last.map(
            done ->
                done.at().plus(interval).isBefore(now)
                    || !done.policies().equals(policies)
                    || (writesReports && isLeader && !done.asLeader()))
        .orElse(true);
  }

  /** A scan begins. */
  void begin(Instant now, PolicySet policies, boolean isLeader) {
    last = Optional.of(new Done(now, policies, isLeader));
  }
}
