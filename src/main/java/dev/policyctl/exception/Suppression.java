package dev.policyctl.exception;

import dev.policyctl.source.Location;
import java.util.Locale;

/**
 * What keeps a finding from counting.
 *
 * @param name of the exception; empty for the others
 * @param reason empty for a baseline
 * @param until the last day on which it holds; empty for a baseline
 * @param at where it stands
 */
public record Suppression(By by, String name, String reason, String until, Location at) {

  /** Where a person said it. */
  public enum By {
    FILE,
    EXCEPTION,
    BASELINE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
