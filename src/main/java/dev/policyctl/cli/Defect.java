package dev.policyctl.cli;

/** How a defect of the program is told. */
final class Defect {
  private Defect() {}

  static void print(Terminal terminal, String where, Throwable defect) {
    terminal
        .err()
        .println("policyctl: internal error " + where + "; this is a defect of policyctl:");
    defect.printStackTrace(terminal.err());
  }
}
