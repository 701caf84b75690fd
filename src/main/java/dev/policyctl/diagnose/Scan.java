package dev.policyctl.diagnose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Finds words and numbers in a line. Whatever does not fit is absent, never an exception. */
final class Scan {
  private Scan() {}

  /** The whole number after the first {@code key} that begins a word; hexadecimal after 0x. */
  static OptionalLong number(String text, String key) {
    int at = after(text, key);
    return at < 0 ? OptionalLong.empty() : numberAt(text, at);
  }

  static OptionalLong numberAt(String text, int from) {
    boolean negative = from < text.length() && text.charAt(from) == '-';
    int at = negative ? from + 1 : from;
    int radix = text.startsWith("0x", at) ? 16 : 10;
    int start = radix == 16 ? at + 2 : at;
    int end = start;
    while (end < text.length() && Character.digit(text.charAt(end), radix) >= 0) {
      end++;
    }
    if (end == start) {
      return OptionalLong.empty();
    }
    try {
      long value = Long.parseLong(text, start, end, radix);
      return OptionalLong.of(negative ? -value : value);
    } catch (NumberFormatException tooLong) {
      return OptionalLong.empty();
    }
  }

  /** What follows {@code key} up to a blank, comma or closing bracket; empty without the key. */
  static String word(String text, String key) {
    int start = after(text, key);
    if (start < 0) {
      return "";
    }
    int end = start;
    while (end < text.length() && " \t,)]".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(start, end);
  }

  /** What stands between {@code key} and {@code end}; empty without them. */
  static String between(String text, String key, String end) {
    int start = after(text, key);
    int stop = start < 0 ? -1 : text.indexOf(end, start);
    return stop < 0 ? "" : text.substring(start, stop);
  }

  /** A device's name without {@code /dev/} and without punctuation behind it. */
  static String device(String word) {
    String name = word.startsWith("/dev/") ? word.substring("/dev/".length()) : word;
    int end = name.length();
    while (end > 0 && ":;".indexOf(name.charAt(end - 1)) >= 0) {
      end--;
    }
    return name.substring(0, end);
  }

  /** A counter as zpool prints it: {@code 1.5K} is about 1536. */
  static OptionalLong zpoolCounter(String word) {
    int scale = word.isEmpty() ? -1 : "KMGTPE".indexOf(word.charAt(word.length() - 1));
    if (scale < 0) {
      OptionalLong plain = numberAt(word, 0);
      return plain.isPresent() && Long.toString(plain.getAsLong()).equals(word)
          ? plain
          : OptionalLong.empty();
    }
    try {
      double value = Double.parseDouble(word.substring(0, word.length() - 1));
      return OptionalLong.of((long) (value * Math.pow(1024, scale + 1)));
    } catch (NumberFormatException notOne) {
      return OptionalLong.empty();
    }
  }

  /** Undoes {@code \xHH}, in which dmesg prints every byte that is not printable ASCII. */
  static String unescaped(String text) {
    if (!text.contains("\\x")) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (isEscape(in, i)) {
        out.put((byte) (Character.digit(in[i + 2], 16) * 16 + Character.digit(in[i + 3], 16)));
        i += 3;
      } else {
        out.put(in[i]);
      }
    }
    return new String(out.array(), 0, out.position(), StandardCharsets.UTF_8);
  }

  private static boolean isEscape(byte[] in, int at) {
    return at + 3 < in.length
        && in[at] == '\\'
        && in[at + 1] == 'x'
        && Character.digit(in[at + 2], 16) >= 0
        && Character.digit(in[at + 3], 16) >= 0;
  }

  private static int after(String text, String key) {
    int at = text.indexOf(key);
    while (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
      at = text.indexOf(key, at + 1);
    }
    return at < 0 ? -1 : at + key.length();
  }
}
