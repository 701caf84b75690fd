package dev.policyctl.resolve;

import java.util.Optional;

/**
 * Up to three numbers at the beginning of a version, and what follows them; a number that is not
 * there is 0.
 */
record LeadingNumbers(int first, int second, int third, String rest) {
  private static final int MAX_DIGITS = 9;

  /** Empty unless the text begins with two numbers. */
  static Optional<LeadingNumbers> parse(String text) {
    int[] numbers = new int[3];
    int found = 0;
    int at = 0;
    while (found < numbers.length) {
      int start = found == 0 ? at : afterDot(text, at);
      int end = endOfDigits(text, start);
      if (end == start || end - start > MAX_DIGITS) {
        break;
      }
      numbers[found++] = Integer.parseInt(text, start, end, 10);
      at = end;
    }
    return found < 2
        ? Optional.empty()
        : Optional.of(new LeadingNumbers(numbers[0], numbers[1], numbers[2], text.substring(at)));
  }

  private static int afterDot(String text, int at) {
    return at < text.length() && text.charAt(at) == '.' ? at + 1 : text.length();
  }

  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
