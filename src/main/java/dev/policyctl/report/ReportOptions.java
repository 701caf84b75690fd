package dev.policyctl.report;

/**
 * @param color whether ANSI colours are wanted
 * @param verbose whether passes and every place of an unknown are told
 */
public record ReportOptions(boolean color, boolean verbose, Run run) {
  public static final ReportOptions PLAIN = new ReportOptions(false, false);

  public ReportOptions(boolean color, boolean verbose) {
    this(color, verbose, Run.UNTOLD);
  }
}
