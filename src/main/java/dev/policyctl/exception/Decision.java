package dev.policyctl.exception;

import java.util.List;
import java.util.Optional;

/**
 * What exceptions say of a finding.
 *
 * @param expired of those that covered it once, what to tell; empty where it is suppressed
 */
public record Decision(Optional<Suppression> suppression, List<String> expired) {
  public static final Decision NOTHING = new Decision(Optional.empty(), List.of());

  public Decision {
    expired = List.copyOf(expired);
  }

  static Decision suppressed(Suppression by) {
    return new Decision(Optional.of(by), List.of());
  }
}
