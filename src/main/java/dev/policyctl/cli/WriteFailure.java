package dev.policyctl.cli;

import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;

/** A file was not written as it should be, and why. */
final class WriteFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String help;
  private final boolean replaced;

  private WriteFailure(String message, String help, boolean replaced) {
    super(message);
    this.help = help;
    this.replaced = replaced;
  }

  /**
   * The file is as it was.
   *
   * @param message a clause: what stood in the way
   */
  static WriteFailure ofUnchanged(String message, String help) {
    return new WriteFailure(message, help, false);
  }

  /**
   * The new text is in place, but not as safely as it should be.
   *
   * @param message a clause: what is not as it should be
   */
  static WriteFailure ofReplaced(String message, String help) {
    return new WriteFailure(message, help, true);
  }

  /** Whether the file holds the new text. */
  boolean isReplaced() {
    return replaced;
  }

  Problem problem(String path) {
    String what = (replaced ? "fixed, but " : "not fixed: ") + getMessage();
    return Problem.error(Location.ofFile(path), what, help);
  }
}
