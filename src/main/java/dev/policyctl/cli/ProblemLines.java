package dev.policyctl.cli;

import dev.policyctl.source.Problem;
import java.io.PrintStream;

/** How commands without a report tell a problem: a line, and what to do below it. */
public final class ProblemLines {
  private ProblemLines() {}

  public static void print(PrintStream to, Problem problem) {
    to.println(problem.at() + ": " + problem.severity().word() + ": " + problem.message());
    if (!problem.help().isEmpty()) {
      to.println("  help: " + problem.help());
    }
  }
}
