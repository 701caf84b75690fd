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
      description = "with --fix, --diff or --json-patch: also what a person should agree to")
  boolean unsafe;

  @Option(
      names = "--diff",
      description = "print what --fix would change as a unified diff, and write nothing")
  boolean diff;

  @Option(
      names = "--json-patch",
      description = {
        "print what --fix would change in Kubernetes objects as JSON Patches,",
        "a line for each object, and write nothing"
      })
  boolean jsonPatch;

  /** Whether the fixes are shown in place of a report. */
  boolean isPreview() {
    return diff || jsonPatch;
  }

  void check(ReportFormat format, Optional<String> output) {
    if (unsafe && !fix && !isPreview()) {
      throw new UsageException(
          "`--unsafe-fixes` does nothing by itself", "add `--fix` to apply them, or `--diff`");
    }
    if (diff && jsonPatch) {
      throw new UsageException(
          "`--diff` and `--json-patch` exclude one another", "give one of them");
    }
    if (jsonPatch && (format != ReportFormat.TEXT || output.isPresent())) {
      throw new UsageException(
          "`--json-patch` prints patches in place of the report",
          "leave `--format` and `--output` out");
    }
    if (diff && (format != ReportFormat.TEXT || output.isPresent())) {
      throw new UsageException(
          "`--diff` prints a diff in place of the report", "leave `--format` and `--output` out");
    }
  }
}
