package dev.policyctl.yaml;

import dev.policyctl.yaml.YamlNode.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What kubectl takes an untagged plain scalar for: the rules of go-yaml 2.4 ({@code resolve.go}),
 * which are neither YAML 1.1 nor 1.2. Timestamps and sexagesimal numbers are strings.
 */
final class KubectlScalar {
  private static final Map<String, Tag> WORDS = words();

  /** Floats that JSON does not have. */
  private static final Set<String> NO_JSON =
      Set.of(
          ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
          "-.Inf", "-.INF");

  private KubectlScalar() {}

  private static Map<String, Tag> words() {
    Map<String, Tag> words = new HashMap<>();
    List.of("~", "null", "Null", "NULL").forEach(it -> words.put(it, Tag.NULL));
    for (String word : List.of("yes", "no", "on", "off", "true", "false", "y", "n")) {
      words.put(word, Tag.BOOL);
      words.put(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1), Tag.BOOL);
      words.put(word.toUpperCase(Locale.ROOT), Tag.BOOL);
    }
    return Map.copyOf(words);
  }

  static Tag tag(String text) {
    if (text.isEmpty()) {
      return Tag.NULL;
    }
    char first = text.charAt(0);
    if (first == '.') {
      return NO_JSON.contains(text) || isFloat(text) ? Tag.FLOAT : Tag.STRING;
    }
    if (first == '+' || first == '-' || isDigit(first)) {
      return number(text);
    }
    return WORDS.getOrDefault(text, Tag.STRING);
  }

  static boolean isNoJsonNumber(String text) {
    return NO_JSON.contains(text);
  }

  private static Tag number(String text) {
    if (NO_JSON.contains(text)) {
      return Tag.FLOAT;
    }
    String plain = text.replace("_", "");
    if (!integer(plain).isEmpty()) {
      return Tag.INT;
    }
    return isFloat(plain) ? Tag.FLOAT : Tag.STRING;
  }

  /**
   * An integer's decimal digits, with a minus where it has one: {@code 12} for {@code 0o14}.
   *
   * @return empty for what is none, or is beyond 64 bits
   */
  static String integer(String written) {
    String text = written.replace("_", "");
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String unsigned = signed ? text.substring(1) : text;
    OptionalInt prefixed = prefixedRadix(unsigned);
    boolean octal = prefixed.isEmpty() && unsigned.length() > 1 && unsigned.startsWith("0");
    int radix = prefixed.orElse(octal ? 8 : 10);
    String digits = prefixed.isPresent() ? unsigned.substring(2) : unsigned;
    if (!areDigits(digits, radix)) {
      return "";
    }
    try {
      return signed
          ? Long.toString(Long.parseLong(text.charAt(0) + digits, radix))
          : Long.toUnsignedString(Long.parseUnsignedLong(digits, radix));
    } catch (NumberFormatException beyond64Bits) {
      return "";
    }
  }

  private static OptionalInt prefixedRadix(String unsigned) {
    if (unsigned.length() < 3 || unsigned.charAt(0) != '0') {
      return OptionalInt.empty();
    }
    return switch (unsigned.charAt(1)) {
      case 'x', 'X' -> OptionalInt.of(16);
      case 'o', 'O' -> OptionalInt.of(8);
      case 'b', 'B' -> OptionalInt.of(2);
      default -> OptionalInt.empty();
    };
  }

  private static boolean areDigits(String text, int radix) {
    return !text.isEmpty() && text.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
  }

  /** Digits, a point and an exponent, all but some digits optional, of a value in range. */
  private static boolean isFloat(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int point = afterDigits(text, start);
    boolean pointed = point < text.length() && text.charAt(point) == '.';
    int end = pointed ? afterDigits(text, point + 1) : point;
    boolean hasDigits = end - start > (pointed ? 1 : 0);
    return hasDigits
        && (end == text.length() || isExponent(text, end))
        && !Double.isInfinite(Double.parseDouble(text));
  }

  private static boolean isExponent(String text, int at) {
    if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
      return false;
    }
    boolean signed = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0;
    int digits = at + (signed ? 2 : 1);
    return digits < text.length() && afterDigits(text, digits) == text.length();
  }

  private static int afterDigits(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
