package dev.policyctl.serve;

import dev.policyctl.exception.Exceptions;
import dev.policyctl.policy.PolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a replica scans: the leader after every interval and whenever policies or exceptions have
 * changed, another one only when it was asked for its page since its last scan.
 */
final class ScanTimes {
  private final Duration interval;
  private Optional<Done> last = Optional.empty();

  /** What objects are judged by. */
  record Rules(PolicySet policies, List<Exceptions.Scoped> accepted) {}

  private record Done(Instant at, Rules rules, boolean asLeader) {}

  ScanTimes(Duration interval) {
    this.interval = interval;
  }

  /**
   * Whether to scan now.
   *
   * @param isWanted whether somebody asked for the page
   */
  boolean isDue(Instant now, Rules rules, boolean isLeader, boolean isWanted) {
    if (!isLeader && !isWanted) {
      return false;
    }
    return last.map(
            done ->
                done.at().plus(interval).isBefore(now)
                    || !done.rules().equals(rules)
                    || (isLeader && !done.asLeader()))
        .orElse(true);
  }

  /** A scan begins. */
  void begin(Instant now, Rules rules, boolean isLeader) {
    last = Optional.of(new Done(now, rules, isLeader));
  }
}
