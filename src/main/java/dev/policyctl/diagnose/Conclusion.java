package dev.policyctl.diagnose;

import dev.policyctl.model.Missing;
import java.util.List;

/**
 * What follows from the evidence, and what to do about it.
 *
 * @param message what is: one line, lowercase start, no final period, user text in backticks
 * @param because the reasons
 * @param missing the facts that would decide what is undecided
 * @param help what to do, in one line; empty when there is nothing to add
 * @param steps what to do, in order
 */
public record Conclusion(
    Weight weight,
    String message,
    List<String> because,
    List<Missing> missing,
    String help,
    List<Step> steps) {
  public Conclusion {
    because = List.copyOf(because);
    missing = List.copyOf(missing);
    steps = List.copyOf(steps);
  }

  /** How much it matters, the gravest first. */
  public enum Weight {
    ERROR,
    WARNING,
    NOTE;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * @param what what it does, as a clause
   * @param command for a POSIX shell, with real paths; empty when no command does it
   */
  public record Step(String what, String command) {}

  static Conclusion of(
      Weight weight, String message, List<String> because, String help, List<Step> steps) {
    return new Conclusion(weight, message, because, List.of(), help, steps);
  }

  static Conclusion note(String message, String help) {
    return of(Weight.NOTE, message, List.of(), help, List.of());
  }
}
