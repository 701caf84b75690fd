package dev.policyctl.report;

import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;

/** ANSI colours, or none. */
final class Style {
  private static final String RESET = "\u001B[0m";
  private static final String BOLD = "\u001B[1m";
  private static final String FAINT = "\u001B[2m";
  private static final String RED = "\u001B[1;31m";
  private static final String YELLOW = "\u001B[1;33m";
  private static final String BLUE = "\u001B[1;34m";
  private static final String GREEN = "\u001B[1;32m";
  private static final String MAGENTA = "\u001B[1;35m";

  private final boolean color;

  Style(boolean color) {
    this.color = color;
  }

  String bold(String text) {
    return paint(BOLD, text);
  }

  String faint(String text) {
    return paint(FAINT, text);
  }

  String severity(Severity severity) {
    return paint(codeOf(severity), severity.word());
  }

  /** A text in the colour of a finding's severity. */
  String likeSeverity(Severity severity, String text) {
    return paint(codeOf(severity), text);
  }

  String error(String text) {
    return paint(RED, text);
  }

  String warning(String text) {
    return paint(YELLOW, text);
  }

  String verdict(Verdict verdict, String text) {
    return paint(
        switch (verdict) {
          case PASS -> GREEN;
          case FAIL -> RED;
          case UNKNOWN -> MAGENTA;
        },
        text);
  }

  private static String codeOf(Severity severity) {
    return switch (severity) {
      case ERROR -> RED;
      case WARNING -> YELLOW;
      case INFO -> BLUE;
    };
  }

  private String paint(String code, String text) {
    return color && !text.isEmpty() ? code + text + RESET : text;
  }
}
