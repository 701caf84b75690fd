package dev.policyctl.format.proxmox;

/** White space as Perl's {@code \s} knows it in bytes: the ASCII blanks. */
final class Blanks {
  private Blanks() {}

  static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** First index from {@code from} that holds no blank, or {@code to}. */
  static int trimStart(String text, int from, int to) {
    int at = from;
    while (at < to && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Index behind the last char before {@code to} that is no blank, or {@code from}. */
  static int trimEnd(String text, int from, int to) {
    int at = to;
    while (at > from && isBlank(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }
}
