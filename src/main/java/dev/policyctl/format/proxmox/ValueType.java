package dev.policyctl.format.proxmox;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What an option of a property string may hold.
 *
 * @param expected what to write, as a help text
 * @param words the closed set of values; empty when it is open
 */
record ValueType(String expected, List<String> words, Predicate<String> accepts) {

  private static final List<String> TRUE = List.of("1", "on", "yes", "true");
  private static final List<String> FALSE = List.of("0", "off", "no", "false");

  static final ValueType BOOLEAN =
      new ValueType("use `1` or `0`", List.of(), text -> booleanOf(text).isPresent());
  static final ValueType NUMBER =
      new ValueType("use a number", List.of(), text -> isDecimal(text, true));

  /** A size with an optional unit, {@code parse_size} of pve-common. */
  static final ValueType SIZE =
      new ValueType("use a number with `K`, `M`, `G` or `T`", List.of(), ValueType::isSize);

  static ValueType oneOf(String... words) {
    List<String> closed = List.of(words);
    return new ValueType("use " + listed(closed), closed, closed::contains);
  }

  static ValueType integer(int least) {
    String expected = least > 0 ? "use an integer from " + least : "use an integer";
    return new ValueType(
        expected, List.of(), text -> isInteger(text) && (least <= 0 || atLeast(text, least)));
  }

  /** A string of a form of its own. */
  static ValueType text(String expected, Predicate<String> accepts) {
    return new ValueType(expected, List.of(), accepts);
  }

  /** Booleans as Proxmox reads them, in any case. */
  static Optional<Boolean> booleanOf(String text) {
    if (TRUE.stream().anyMatch(text::equalsIgnoreCase)) {
      return Optional.of(true);
    }
    return FALSE.stream().anyMatch(text::equalsIgnoreCase) ? Optional.of(false) : Optional.empty();
  }

  /** {@code `a`, `b` or `c`}. */
  static String listed(List<String> words) {
    List<String> quoted = words.stream().map(word -> "`" + word + "`").toList();
    int last = quoted.size() - 1;
    return last < 1
        ? String.join("", quoted)
        : String.join(", ", quoted.subList(0, last)) + " or " + quoted.get(last);
  }

  private static boolean isSize(String text) {
    int length = text.length();
    boolean unit = length > 1 && "KMGT".indexOf(text.charAt(length - 1)) >= 0;
    String number = unit ? text.substring(0, length - 1) : text;
    return isDecimal(number, false) && !number.startsWith(".") && !number.endsWith(".");
  }

  private static boolean isInteger(String text) {
    int from = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    return text.length() > from && text.chars().skip(from).allMatch(ValueType::isDigit);
  }

  private static boolean atLeast(String integer, int least) {
    if (integer.startsWith("-")) {
      return false;
    }
    try {
      return Long.parseLong(integer) >= least;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  private static boolean isDecimal(String text, boolean signed) {
    int from = signed && (text.startsWith("+") || text.startsWith("-")) ? 1 : 0;
    int digits = 0;
    int points = 0;
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '.') {
        points++;
      } else if (isDigit(text.charAt(i))) {
        digits++;
      } else {
        return false;
      }
    }
    return digits > 0 && points <= 1;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
