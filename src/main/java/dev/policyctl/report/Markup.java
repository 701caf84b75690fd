package dev.policyctl.report;

/** Text as it may stand in XML 1.0 and HTML, between tags and in quoted attributes. */
final class Markup {
  private Markup() {}

  /** Characters that XML 1.0 has no way to write become U+FFFD. */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;"); // Of `]]>` too.
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        // As they are a parser would make them blanks in an attribute.
        case '\t', '\n', '\r' -> safe.append("&#").append(c).append(';');
        default -> safe.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
      }
    }
    return safe.toString();
  }

  // XML 1.0 §2.2, without the C1 control characters, which it discourages.
  private static boolean isAllowed(int c) {
    return (c >= 0x20 && c < 0x7F)
        || (c >= 0xA0 && c < 0xD800)
        || (c >= 0xE000 && c < 0xFFFE)
        || c >= 0x10000;
  }
}
