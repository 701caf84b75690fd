package dev.policyctl.cli;

import java.io.PrintStream;

/**
 * The streams of a run and what is at their other ends.
 *
 * @param colorOut whether standard output wants colours
 * @param colorErr whether standard error wants colours
 * @param interactiveErr whether a person watches standard error
 */
public record Terminal(
    PrintStream out, PrintStream err, boolean colorOut, boolean colorErr, boolean interactiveErr) {

  /**
   * The process' own streams. Java cannot tell which of them is a terminal: the launcher does, with
   * the properties {@code policyctl.tty.out} and {@code policyctl.tty.err}.
   */
  static Terminal ofProcess(PrintStream out, PrintStream err) {
    boolean outIsTerminal = Boolean.getBoolean("policyctl.tty.out");
    boolean errIsTerminal = Boolean.getBoolean("policyctl.tty.err");
    String noColor = System.getenv("NO_COLOR");
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    boolean color = (noColor == null || noColor.isEmpty()) && !dumb;
    return new Terminal(
        out, err, color && outIsTerminal, color && errIsTerminal, errIsTerminal && !dumb);
  }
}
