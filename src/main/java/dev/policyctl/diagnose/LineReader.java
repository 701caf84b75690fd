package dev.policyctl.diagnose;

/** Knows one kind of line. A reader that remembers earlier lines serves one text. */
interface LineReader {

  /**
   * Adds to the evidence what the line tells.
   *
   * @return whether the line is of this kind
   */
  boolean read(Line line, Evidence evidence);

  /** The text has ended. */
  default void finish(Evidence evidence) {}
}
