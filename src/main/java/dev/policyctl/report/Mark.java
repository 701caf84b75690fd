package dev.policyctl.report;

import dev.policyctl.lint.JudgedSubject;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import java.util.Locale;

/** How a page marks what was judged, the worst first. */
enum Mark {
  ERROR("fails"),
  WARNING("is warned of"),
  INFO("has a note"),
  UNKNOWN("is not known"),
  ACCEPTED("is accepted"),
  PASS("passes");

  private final String said;

  Mark(String said) {
    this.said = said;
  }

  static Mark of(Finding finding) {
    return of(finding.verdict(), finding.severity());
  }

  static Mark of(JudgedSubject subject) {
    return of(subject.verdict(), subject.severity().orElse(Severity.ERROR));
  }

  private static Mark of(Verdict verdict, Severity severity) {
    return switch (verdict) {
      case PASS -> PASS;
      case UNKNOWN -> UNKNOWN;
      case FAIL ->
          switch (severity) {
            case ERROR -> ERROR;
            case WARNING -> WARNING;
            case INFO -> INFO;
          };
    };
  }

  /** The name of its style. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it says of a subject, for those who do not see it. */
  String said() {
    return said;
  }

  boolean isFailure() {
    return compareTo(UNKNOWN) < 0;
  }
}
