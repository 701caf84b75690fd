package dev.policyctl.format.kubernetes;

/** The first look at a text that may be a manifest. */
final class Manifest {
  private Manifest() {}

  /**
   * The value of the first field of this name: at the beginning of a line, after a dash or
   * indentation, or quoted as in JSON.
   *
   * @return empty when there is none
   */
  static String field(String head, String name) {
    for (int at = head.indexOf(name); at >= 0; at = head.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean quoted = at > 0 && (head.charAt(at - 1) == '"' || head.charAt(at - 1) == '\'');
      int colon = quoted ? end + 1 : end;
      boolean key = colon < head.length() && head.charAt(colon) == ':';
      if (key && (quoted || beginsLine(head, at))) {
        return valueAfter(head, colon + 1);
      }
    }
    return "";
  }

  /** Whether nothing but a dash stands before it, or the line is a mapping in braces. */
  private static boolean beginsLine(String head, int at) {
    int start = head.lastIndexOf('\n', at) + 1;
    String before = head.substring(start, at).replace("\uFEFF", "").strip();
    return before.isEmpty() || before.equals("-") || before.startsWith("{");
  }

  private static String valueAfter(String head, int from) {
    int start = from;
    while (start < head.length() && " \"'\t".indexOf(head.charAt(start)) >= 0) {
      start++;
    }
    int end = start;
    while (end < head.length() && " \"'\t\r\n,}#".indexOf(head.charAt(end)) < 0) {
      end++;
    }
    return head.substring(start, end);
  }
}
