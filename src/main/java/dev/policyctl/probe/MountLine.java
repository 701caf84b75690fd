package dev.policyctl.probe;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a line of {@code /proc/self/mountinfo}. */
final class MountLine {
  private static final int FIRST_OPTIONAL = 6;

  private MountLine() {}

  /** Nothing when the line has not the form of proc(5). */
  static Optional<Mount> parse(String line) {
    List<String> words = words(line);
    int separator =
        words.subList(Math.min(FIRST_OPTIONAL, words.size()), words.size()).indexOf("-");
    int type = FIRST_OPTIONAL + separator + 1;
    if (separator < 0 || words.size() < type + 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Mount(
              Integer.parseInt(words.get(0)),
              Integer.parseInt(words.get(1)),
              words.get(2),
              unescape(words.get(3)),
              unescape(words.get(4)),
              options(words.get(5), words.get(type + 2)),
              unescape(words.get(type)),
              unescape(words.get(type + 1))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  // A mount source may be empty: then two blanks follow one another.
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>(12);
    int start = 0;
    for (int end = line.indexOf(' '); end >= 0; end = line.indexOf(' ', start)) {
      words.add(line.substring(start, end));
      start = end + 1;
    }
    words.add(line.substring(start));
    return words;
  }

  // Either may be read-only: a read-only mount of a writable file system, and the reverse.
  private static List<String> options(String ofMount, String ofFilesystem) {
    Set<String> options = new LinkedHashSet<>();
    for (String option : (ofMount + "," + ofFilesystem).split(",", -1)) {
      if (!option.isEmpty()) {
        options.add(unescape(option));
      }
    }
    if (options.contains("ro")) {
      options.remove("rw");
    }
    return List.copyOf(options);
  }

  /** Undoes {@code \040} and its like: a backslash and three octal digits stand for a byte. */
  static String unescape(String word) {
    int backslash = word.indexOf('\\');
    if (backslash < 0) {
      return word;
    }
    StringBuilder plain = new StringBuilder(word.length()).append(word, 0, backslash);
    for (int i = backslash; i < word.length(); i++) {
      int code = word.charAt(i) == '\\' ? octal(word, i + 1) : -1;
      plain.append(code < 0 ? word.charAt(i) : (char) code);
      i += code < 0 ? 0 : 3;
    }
    return plain.toString();
  }

  private static int octal(String word, int at) {
    if (at + 3 > word.length()) {
      return -1;
    }
    int code = 0;
    for (int i = at; i < at + 3; i++) {
      int digit = word.charAt(i) - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      code = code * 8 + digit;
    }
    return code > 0x7f ? -1 : code;
  }
}
