package dev.policyctl.format.kubernetes;

import dev.policyctl.source.Edit;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Edits of a YAML or JSON text in its own style: indentation, quotes, flow or block, line endings.
 */
final class YamlEdits {
  private final String text;

  YamlEdits(String text) {
    this.text = text;
  }

  /** The edits together; none when one of them cannot be made. */
  static List<Edit> all(List<Optional<List<Edit>>> parts) {
    List<Edit> edits = new ArrayList<>();
    for (Optional<List<Edit>> part : parts) {
      if (part.isEmpty()) {
        return List.of();
      }
      for (Edit edit : part.get()) {
        addOrJoin(edits, edit);
      }
    }
    return edits;
  }

  /** Two insertions at one place become one. */
  private static void addOrJoin(List<Edit> edits, Edit edit) {
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i).span().equals(edit.span())) {
        edits.set(i, new Edit(edit.span(), edits.get(i).replacement() + edit.replacement()));
        return;
      }
    }
    edits.add(edit);
  }

  /** Whether a mapping or list is written in braces or brackets, as JSON is. */
  boolean isFlow(Span node) {
    int at = node.start();
    while (at < node.end() && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
      at = skipBlank(endOfWord(at), node.end());
    }
    return at < node.end() && (text.charAt(at) == '{' || text.charAt(at) == '[');
  }

  /** Whether the item of a list stands in brackets: else a dash is all that stands before it. */
  boolean isInFlow(Span item) {
    return !text.substring(startOfLine(item.start()), item.start()).strip().equals("-");
  }

  private int endOfWord(int from) {
    int at = from;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int skipBlank(int from, int end) {
    int at = from;
    while (at < end && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** A further entry beside one that is there: in block style below it, else before it. */
  Edit addEntry(Span key, Span value, boolean flow, String name, String content) {
    boolean quoted = text.charAt(key.start()) == '"';
    boolean dense = quoted && value.start() == key.end() + 1;
    String space = dense ? "" : " ";
    String entry =
        quoted ? "\"" + name + "\":" + space + "\"" + content + "\"" : name + ": " + content;
    String before = text.substring(startOfLine(key.start()), key.start());
    if (flow) {
      String gap = before.isBlank() ? lineEnding() + before : space;
      return new Edit(new Span(key.start(), key.start()), entry + "," + gap);
    }
    int end = endOfLine(value.end());
    String indent = " ".repeat(before.codePointCount(0, before.length()));
    return new Edit(new Span(end, end), lineEnding() + indent + entry);
  }

  /**
   * Another value for a key, in the quotes of the one that is there.
   *
   * @return empty where the value has an anchor or a tag, or stands in a block of its own
   */
  Optional<Edit> replaceScalar(Span key, Span value, String content) {
    if (value.length() == 0) {
      int colon = text.indexOf(':', key.end());
      return Optional.of(new Edit(new Span(colon + 1, colon + 1), " " + content));
    }
    char first = text.charAt(value.start());
    if ("&!|>".indexOf(first) >= 0) {
      return Optional.empty();
    }
    boolean quoted = first == '"' || first == '\'';
    char quote = quoted ? first : text.charAt(key.start());
    boolean json = quote == '"';
    String written = quoted || (json && first != '*') ? quote + content + quote : content;
    return Optional.of(new Edit(value, written));
  }

  String unquoted(Span scalar) {
    char first = text.charAt(scalar.start());
    boolean quoted = first == '"' || first == '\'';
    return quoted
        ? text.substring(scalar.start() + 1, scalar.end() - 1)
        : text.substring(scalar.start(), scalar.end());
  }

  /**
   * Without an entry of a mapping or an item of a list; in block style its lines go as a whole.
   *
   * @return empty where another entry begins on its line
   */
  Optional<Edit> remove(Span entry, boolean flow) {
    return flow ? Optional.of(removeFromFlow(entry)) : removeLines(entry);
  }

  private Edit removeFromFlow(Span entry) {
    int after = skipBlank(entry.end(), text.length());
    if (after < text.length() && text.charAt(after) == ',') {
      return new Edit(new Span(entry.start(), skipBlank(after + 1, text.length())), "");
    }
    int before = entry.start();
    while (before > 0 && Character.isWhitespace(text.charAt(before - 1))) {
      before--;
    }
    boolean last = before > 0 && text.charAt(before - 1) == ',';
    return new Edit(new Span(last ? before - 1 : entry.start(), entry.end()), "");
  }

  private Optional<Edit> removeLines(Span entry) {
    int start = startOfLine(entry.start());
    String before = text.substring(start, entry.start()).strip();
    boolean item = before.equals("-") && isScalarItem(entry);
    if (!before.isEmpty() && !item) {
      return Optional.empty();
    }
    int end = endOfLine(entry.end());
    int next = text.indexOf('\n', end);
    if (next >= 0) {
      return Optional.of(new Edit(new Span(start, next + 1), ""));
    }
    int previous = start > 1 && text.charAt(start - 2) == '\r' ? start - 2 : start - 1;
    return Optional.of(new Edit(new Span(Math.max(0, previous), text.length()), ""));
  }

  /** A key after a dash begins a mapping, whose other keys stand below. */
  private boolean isScalarItem(Span entry) {
    String line = text.substring(entry.start(), endOfLine(entry.end()));
    return !line.contains(": ") && !line.endsWith(":");
  }

  private int startOfLine(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  /** Before the line ending. */
  private int endOfLine(int at) {
    int newline = text.indexOf('\n', at);
    int end = newline < 0 ? text.length() : newline;
    return end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private String lineEnding() {
    int newline = text.indexOf('\n');
    return newline > 0 && text.charAt(newline - 1) == '\r' ? "\r\n" : "\n";
  }
}
