package dev.policyctl.format.kubernetes;

import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text in which settings may stand.
 *
 * @param where for reasons: {@code argument}, {@code environment variable}, {@code ConfigMap `x`}
 * @param text a command line, or the lines of a configuration file
 * @param searched {@code text} as {@link Setting#normalized} makes it
 * @param parts of which the text is made, in order
 */
record Passage(String where, String text, String searched, List<Part> parts) {

  /**
   * @param start in the text
   * @param place in the guest's own file; empty where it comes from another object
   */
  record Part(int start, Optional<Span> place) {}

  static Passage of(String where, String text, Optional<Span> place) {
    return of(where, text, List.of(new Part(0, place)));
  }

  static Passage of(String where, String text, List<Part> parts) {
    return new Passage(where, text, Setting.normalized(text), parts);
  }

  /**
   * @param written the setting with its value, as it stands there
   */
  record Found(String value, String written, Optional<Span> place) {}

  /**
   * The values of a setting in order: {@code --name=value}, {@code name value}, {@code name =
   * value}, {@code name: value}, {@code <name>value</name>}, {@code name=[value,…]}; an empty text
   * where none follows. Comments are passed over.
   *
   * @param name normalized
   */
  List<Found> valuesOf(String name) {
    List<Found> found = new ArrayList<>();
    for (int at = searched.indexOf(name); at >= 0; at = searched.indexOf(name, at + 1)) {
      int end = at + name.length();
      if (isWhole(at, end) && !isComment(at)) {
        found.add(valueAt(at, end));
      }
    }
    return found;
  }

  /** Dashes before an option are no part of its name, a dash inside a word is. */
  private boolean isWhole(int start, int end) {
    return !isNameChar(start - 1)
        && !(isDash(start - 1) && isNameChar(start - 2))
        && !isNameChar(end)
        && !(isDash(end) && isNameChar(end + 1));
  }

  private boolean isDash(int at) {
    return at >= 0 && at < text.length() && text.charAt(at) == '-';
  }

  private boolean isNameChar(int at) {
    if (at < 0 || at >= text.length()) {
      return false;
    }
    char c = text.charAt(at);
    return Character.isLetterOrDigit(c) || c == '.' || c == '_';
  }

  private boolean isComment(int at) {
    int start = text.lastIndexOf('\n', at) + 1;
    String before = text.substring(start, at).stripLeading();
    return before.startsWith("#")
        || before.startsWith(";")
        || before.startsWith("//")
        || before.startsWith("<!--");
  }

  private Found valueAt(int start, int end) {
    int at = skip(end, " \t\"'`");
    if (at < text.length() && "=:>".indexOf(text.charAt(at)) >= 0) {
      at = skip(at + 1, " \t\"'`([");
    }
    int stop = at;
    while (stop < text.length() && " \t\r\n,;<\"'`)]}".indexOf(text.charAt(stop)) < 0) {
      stop++;
    }
    boolean nextOption = at < stop && text.charAt(at) == '-';
    int begin = start;
    while (isDash(begin - 1)) {
      begin--;
    }
    return nextOption
        ? new Found("", text.substring(begin, end), place(start))
        : new Found(text.substring(at, stop), text.substring(begin, stop), place(start));
  }

  private Optional<Span> place(int at) {
    Optional<Span> place = Optional.empty();
    for (Part part : parts) {
      if (part.start() > at) {
        break;
      }
      place = part.place();
    }
    return place;
  }

  private int skip(int from, String chars) {
    int at = from;
    while (at < text.length() && chars.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }
}
