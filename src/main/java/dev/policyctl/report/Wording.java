package dev.policyctl.report;

import dev.policyctl.exception.Suppression;
import dev.policyctl.lint.Summary;
import dev.policyctl.policy.Finding;
import java.util.ArrayList;
import java.util.List;

/** What a finding says, in plain lines, and the counts of a run. */
final class Wording {
  private Wording() {}

  /** The message, its reasons, what to do: a line each. */
  static List<String> lines(Finding finding) {
    List<String> lines = new ArrayList<>();
    lines.add(finding.message() + onHost(finding));
    lines.addAll(details(finding));
    return lines;
  }

  /** As {@link #lines}, without the message. */
  static List<String> details(Finding finding) {
    List<String> lines = new ArrayList<>();
    if (!finding.because().isEmpty()) {
      lines.add("because: " + String.join("; ", finding.because()));
    }
    finding.help().lines().forEach(help -> lines.add("help: " + help));
    List<String> steps = finding.bestFix().map(Finding.ProposedFix::steps).orElse(List.of());
    steps.forEach(step -> lines.add("- " + step));
    return lines;
  }

  /** The host, where the path does not name it. */
  static String onHost(Finding finding) {
    boolean obvious =
        finding.host().isEmpty() || finding.at().path().contains("nodes/" + finding.host() + "/");
    return obvious ? "" : " (host " + finding.host() + ")";
  }

  /** By what a finding is suppressed, for a person. */
  static String acceptedBy(Suppression by) {
    String where = accepter(by);
    return by.until().isEmpty() ? where : where + " until " + by.until() + ": " + by.reason();
  }

  static String accepter(Suppression by) {
    return switch (by.by()) {
      case FILE -> "an allowance in the file";
      case EXCEPTION -> "exception `" + by.name() + "`";
      case BASELINE -> "the baseline";
    };
  }

  /** Why a finding does not count: what a person wrote, or that it is no new one. */
  static String justification(Suppression by) {
    return by.by() == Suppression.By.BASELINE
        ? "was there when the baseline was taken"
        : by.reason();
  }

  static String counts(Summary summary) {
    String subjects =
        Count.of(summary.files(), "file")
            + ", "
            + Count.of(summary.guests(), "guest")
            + ", "
            + Count.of(summary.volumes(), "volume");
    String verdicts =
        Count.of(summary.fail(), "failure")
            + ", "
            + summary.unknown()
            + " unknown, "
            + Count.of(summary.pass(), "pass", "passes");
    String suppressed =
        summary.suppressed() == 0 ? "" : ", " + summary.suppressed() + " suppressed";
    return subjects + ": " + verdicts + suppressed;
  }
}
