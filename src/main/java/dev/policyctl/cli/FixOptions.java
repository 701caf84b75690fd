package dev.policyctl.cli;

import dev.policyctl.report.ReportFormat;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what becomes of the fixes that findings propose. */
final class FixOptions {
  @Option(
      names = "--fix",
      description = {
        "apply safe fixes to the files, then report what is left;",
        "with - the fixed text goes to standard output, the report to standard error"
      })
  boolean fix;

  @Option(
      names = "--unsafe-fixes",
      description = "with --fix or --diff: apply also what a person should agree to")
  boolean unsafe;

  @Option(
      names = "--diff",
      description = "print what --fix would change as a unified diff, and write nothing")
  boolean diff;

  void check(ReportFormat format, Optional<String> output) {
    if (unsafe && !fix && !diff) {
      throw new UsageException(
          "`--unsafe-fixes` does nothing by itself", "add `--fix` to apply them, or `--diff`");
    }
    if (diff && (format != ReportFormat.TEXT || output.isPresent())) {
      throw new UsageException(
          "`--diff` prints a diff in place of the report", "leave `--format` and `--output` out");
    }
  }
}
