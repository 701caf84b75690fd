package dev.policyctl.report;

/** User text made harmless for a terminal: control characters become visible, lengths bounded. */
public final class Printable {
  private static final int MAX_LENGTH = 500;

  private Printable() {}

  /** One line: control characters, which a hostile file may hold, become {@code \\u00XX}. */
  public static String line(String text) {
    String bounded = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
    return bounded.chars().noneMatch(Printable::isUnsafe) ? bounded : escaped(bounded);
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isUnsafe(c)) {
        safe.append(String.format("\\u%04X", (int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  // Control characters of C0 and C1, and those that change the direction of writing.
  private static boolean isUnsafe(int c) {
    boolean control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    boolean direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return control || direction;
  }
}
