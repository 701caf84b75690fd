package dev.policyctl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what was accepted. */
final class ExceptionOptions {
  @Option(
      names = "--exceptions",
      paramLabel = "FILE|DIR",
      description =
          "StoragePolicyException documents, instead of those beside the definitions; their paths"
              + " are seen from the working directory")
  List<String> exceptions = new ArrayList<>();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "findings that were there before: they are counted, and do not fail")
  Optional<String> baseline = Optional.empty();

  @Option(
      names = "--update-baseline",
      description = "write what is found now to the baseline, in place of a report")
  boolean update;

  void check(FixOptions fixes) {
    if (update && (fixes.fix || fixes.isPreview())) {
      throw new UsageException(
          "`--update-baseline` and fixes exclude one another", "fix first, then update it");
    }
  }
}
