package dev.policyctl.exception;

import dev.policyctl.source.Location;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a definition itself says to be accepted: {@code POLICY [VOLUME] until=2027-03-01 reason=…}.
 *
 * @param volume the key of a volume, or a storage's id; empty for every subject of the guest
 * @param until the last day on which it holds, UTC
 */
public record Allowance(
    String policy, Optional<String> volume, LocalDate until, String reason, Location at) {

  public boolean matches(Concern concern) {
    return policy.equals(concern.policy()) && volume.map(concern.subject()::equals).orElse(true);
  }

  boolean holdsOn(LocalDate today) {
    return !today.isAfter(until);
  }

  boolean endsSoon(LocalDate today) {
    return Days.isSoon(until, today);
  }

  Decision decision(LocalDate today) {
    return holdsOn(today)
        ? Decision.suppressed(
            new Suppression(Suppression.By.FILE, "", reason, until.toString(), at))
        : new Decision(Optional.empty(), List.of("an allowance in the file expired on " + until));
  }
}
