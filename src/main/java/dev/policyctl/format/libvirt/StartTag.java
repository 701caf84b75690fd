package dev.policyctl.format.libvirt;

import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the parts of one start tag stand in the text. Made for a tag that a parser has already
 * accepted; of a tag that is cut off it has the parts before the cut.
 *
 * @param span from {@code <} up to and including {@code >}
 * @param name the element's name with its prefix
 * @param closed whether the tag ends with {@code />}
 * @param attributes in order, declarations of namespaces too
 */
record StartTag(Span span, Span name, boolean closed, List<Attribute> attributes) {
  StartTag {
    attributes = List.copyOf(attributes);
  }

  /**
   * @param gap index of the white space before the attribute
   * @param value the text between the quotes
   */
  record Attribute(int gap, String name, Span whole, Span value) {
    /** The name without its prefix; empty for the declaration of a namespace. */
    String localName() {
      if (name.equals("xmlns") || name.startsWith("xmlns:")) {
        return "";
      }
      return name.substring(name.indexOf(':') + 1);
    }
  }

  /** The first attribute of this local name, whatever its prefix. */
  Optional<Attribute> attribute(String localName) {
    return attributes.stream()
        .filter(attribute -> attribute.localName().equals(localName))
        .findFirst();
  }

  /**
   * @param start index of the tag's {@code <}
   */
  static StartTag at(String text, int start) {
    int nameEnd = nameEnd(text, start + 1);
    List<Attribute> attributes = new ArrayList<>();
    int at = nameEnd;
    while (true) {
      int part = skipSpace(text, at);
      if (part >= text.length() || text.charAt(part) == '>' || text.charAt(part) == '/') {
        boolean closed = text.startsWith("/>", part);
        int end = Math.min(text.length(), part + (closed ? 2 : 1));
        return new StartTag(new Span(start, end), new Span(start + 1, nameEnd), closed, attributes);
      }
      at = addAttribute(text, at, part, attributes);
    }
  }

  private static int addAttribute(String text, int gap, int start, List<Attribute> attributes) {
    int nameEnd = nameEnd(text, start);
    int equals = skipSpace(text, nameEnd);
    int open = skipSpace(text, equals + 1);
    if (nameEnd == start || open >= text.length()) {
      return text.length();
    }
    int close = text.indexOf(text.charAt(open), open + 1);
    if (close < 0) {
      return text.length();
    }
    attributes.add(
        new Attribute(
            gap,
            text.substring(start, nameEnd),
            new Span(start, close + 1),
            new Span(open + 1, close)));
    return close + 1;
  }

  private static int nameEnd(String text, int from) {
    int at = from;
    while (at < text.length() && "=/> \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
