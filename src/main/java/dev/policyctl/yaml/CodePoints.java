package dev.policyctl.yaml;

/**
 * Turns SnakeYAML's marks, which count code points, into indexes of Java chars. Queries that mostly
 * go forward cost the distance from the last one.
 */
final class CodePoints {
  private final String text;
  private final boolean same;
  private int knownCodePoint;
  private int knownChar;

  CodePoints(String text) {
    this.text = text;
    this.same = text.codePointCount(0, text.length()) == text.length();
  }

  int toCharIndex(int codePoint) {
    if (same) {
      return codePoint;
    }
    knownChar = text.offsetByCodePoints(knownChar, codePoint - knownCodePoint);
    knownCodePoint = codePoint;
    return knownChar;
  }
}
