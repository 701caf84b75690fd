package dev.policyctl.cli;

/** What the program's end tells its caller. */
public enum ExitCode {
  /** Everything passes. */
  PASS(0),
  /** Something fails. */
  FAIL(1),
  /** Usage, unreadable or unparsable input, a broken policy. */
  USAGE(2),
  /** Nothing fails, but something is unknown. */
  UNKNOWN(3),
  /** A defect of the program. */
  DEFECT(70);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The one that is told when both hold: a defect, then usage, then failures, then unknowns. */
  public ExitCode orWorse(ExitCode other) {
    return rank() >= other.rank() ? this : other;
  }

  private int rank() {
    return switch (this) {
      case PASS -> 0;
      case UNKNOWN -> 1;
      case FAIL -> 2;
      case USAGE -> 3;
      case DEFECT -> 4;
    };
  }
}
