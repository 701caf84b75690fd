package dev.policyctl.report;

import dev.policyctl.policy.Policy;
import java.util.List;

/**
 * What is known of a run before its first result.
 *
 * @param version of the program; empty when it has none
 * @param title what the run is about, for a person
 * @param time when it was made, for a person; empty when that is not told
 * @param policies all that judge, in the order of their names
 */
public record Run(String version, String title, String time, List<Policy> policies) {
  /** One of which nothing is told. */
  public static final Run UNTOLD = new Run("", "policyctl", "", List.of());

  public Run {
    policies = List.copyOf(policies);
  }
}
