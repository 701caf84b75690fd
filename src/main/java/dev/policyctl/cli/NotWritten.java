package dev.policyctl.cli;

import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;

/** A file was not written as it should be, and why. */
final class NotWritten extends Exception {
  private static final long serialVersionUID = 1L;

  private final String help;

  /**
   * @param message a clause: what stood in the way
   */
  NotWritten(String message, String help) {
    super(message);
    this.help = help;
  }

  Problem problem(String path) {
    return Problem.error(Location.ofFile(path), "not fixed: " + getMessage(), help);
  }
}
