package dev.policyctl.diagnose;

/**
 * Text of a log made fit for a terminal and for a shell: a file's name may hold line feeds and
 * escape sequences.
 */
final class Printable {
  private static final int LONGEST_NAME = 48;

  private Printable() {}

  /** In backticks, control characters as {@code \xHH}. */
  static String quoted(String text) {
    return "`" + escaped(text) + "`";
  }

  /** A path short enough for a message: its end, after {@code …} when it is long. */
  static String shortName(String path) {
    String text = escaped(path);
    if (text.length() <= LONGEST_NAME) {
      return "`" + text + "`";
    }
    int from = text.length() - LONGEST_NAME;
    int slash = text.indexOf('/', from);
    return "`…" + text.substring(slash < 0 ? from : slash) + "`";
  }

  /** One word of a POSIX shell command; control characters need the {@code $'…'} form. */
  static String shellWord(String text) {
    if (!text.isEmpty() && text.chars().allMatch(Printable::isPlain)) {
      return text;
    }
    String escaped = escaped(text);
    return escaped.equals(text)
        ? "'" + text.replace("'", "'\\''") + "'"
        : "$'" + escaped(text.replace("\\", "\\\\")).replace("'", "\\'") + "'";
  }

  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == 0x7f) {
        out.append("\\x")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else if ((c < 0xa0 && c > 0x7f) || Character.getType(c) == Character.FORMAT) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "/._-@:+=,%".indexOf(c) >= 0;
  }
}
