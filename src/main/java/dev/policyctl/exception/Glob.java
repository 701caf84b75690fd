package dev.policyctl.exception;

/**
 * A pattern of paths: {@code ?} and {@code *} stand for what lies between two slashes, {@code **}
 * for any number of directories. Works in the product of both lengths, whatever the pattern is.
 */
record Glob(String pattern) {

  boolean matches(String text) {
    boolean[] reached = new boolean[text.length() + 1];
    reached[0] = true;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean twice = c == '*' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '*';
      boolean whole = twice && i + 2 < pattern.length() && pattern.charAt(i + 2) == '/';
      reached = whole ? directories(reached, text) : step(reached, text, c, twice);
      i += whole ? 2 : twice ? 1 : 0;
    }
    return reached[text.length()];
  }

  /** After {@code **}{@code /}: at the same place, or behind any later slash. */
  private static boolean[] directories(boolean[] from, String text) {
    boolean[] to = from.clone();
    boolean any = false;
    for (int at = 0; at < text.length(); at++) {
      any |= from[at];
      to[at + 1] |= any && text.charAt(at) == '/';
    }
    return to;
  }

  private static boolean[] step(boolean[] from, String text, char c, boolean twice) {
    boolean[] to = new boolean[from.length];
    for (int at = 0; at < from.length; at++) {
      boolean before = at > 0 && (twice || text.charAt(at - 1) != '/');
      if (c == '*') {
        to[at] = from[at] || (before && to[at - 1]);
      } else if (at > 0) {
        to[at] = from[at - 1] && (c == '?' ? before : text.charAt(at - 1) == c);
      }
    }
    return to;
  }
}
