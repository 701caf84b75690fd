package dev.policyctl.manual;

import java.util.List;

/** Text in the macros of man(7), with all that could be one of its own requests made harmless. */
final class Roff {
  private static final int WIDTH = 78;

  private final StringBuilder out = new StringBuilder();

  /**
   * Begins a page of section 1.
   *
   * @param date {@code 2026-11-24}
   */
  Roff title(String name, String date, String source) {
    line(
        ".TH "
            + String.join(
                " ", quoted(name), "1", '"' + date + '"', quoted(source), "\"policyctl\""));
    return this;
  }

  Roff section(String title) {
    return line(".SH " + quoted(title));
  }

  /** Begins a paragraph. */
  Roff paragraph() {
    return line(".PP");
  }

  /** Words of messages: what stands in backticks is bold. */
  Roff prose(String text) {
    StringBuilder row = new StringBuilder();
    for (String word : proseOf(text).split(" ", -1)) {
      if (row.length() + word.length() >= WIDTH) {
        line(atStart(row.toString().stripTrailing()));
        row.setLength(0);
      }
      row.append(word).append(' ');
    }
    return line(atStart(row.toString().strip()));
  }

  /** An entry of a list: what it is about, then what it says. */
  Roff entry(String roffHead, String text) {
    line(".TP").line(roffHead);
    return prose(text);
  }

  /** Lines as they are. */
  Roff example(List<String> lines) {
    line(".nf");
    lines.forEach(each -> line(atStart(escaped(each))));
    return line(".fi");
  }

  /** A line of which the caller has escaped all that comes from elsewhere. */
  Roff line(String roff) {
    out.append(roff).append('\n');
    return this;
  }

  static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  /** A reference to a page of section 1. */
  static String reference(String name) {
    return bold(name) + "(1)";
  }

  static String proseOf(String text) {
    String[] parts = text.split("`", -1);
    StringBuilder roff = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      boolean isCode = i % 2 == 1 && i < parts.length - 1;
      roff.append(isCode ? bold(parts[i]) : (i % 2 == 1 ? "`" : "") + escaped(parts[i]));
    }
    return roff.toString();
  }

  // A hyphen in the source is one for copying, too: typeset it would become another character.
  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("…", "...");
  }

  private static String atStart(String roff) {
    return roff.startsWith(".") ? "\\&" + roff : roff;
  }

  private static String quoted(String text) {
    return '"' + escaped(text).replace("\"", "\\(dq") + '"';
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
