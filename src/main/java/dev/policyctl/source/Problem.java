package dev.policyctl.source;

/**
 * Something that is wrong with an input, apart from any policy.
 *
 * @param message what is: one line, lowercase start, no final period, user text in backticks
 * @param help what to do; empty when there is nothing to add
 * @param excerpt the source line at {@code at}; empty when it is not at hand
 */
public record Problem(Location at, Severity severity, String message, String help, String excerpt) {

  /** Whether a value of the model is lost. */
  public enum Severity {
    /** A value of the model is lost: a drive dropped, a file unreadable. */
    ERROR,
    /** Something is ignored without effect on the model. */
    WARNING;

    public String word() {
      return this == ERROR ? "error" : "warning";
    }
  }

  public static Problem error(Location at, String message, String help) {
    return new Problem(at, Severity.ERROR, message, help, "");
  }

  public static Problem warning(Location at, String message, String help) {
    return new Problem(at, Severity.WARNING, message, help, "");
  }
}
