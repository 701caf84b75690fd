package dev.policyctl.report;

import java.io.IOException;

/** Writes HTML: tags as they are, texts harmless. */
final class HtmlWriter {
  private final Appendable out;

  HtmlWriter(Appendable out) {
    this.out = out;
  }

  /** Markup of ours; never a text that comes from outside. */
  HtmlWriter raw(String markup) throws IOException {
    out.append(markup);
    return this;
  }

  HtmlWriter text(String text) throws IOException {
    return raw(escaped(text));
  }

  /** A text in the words of messages: what stands in backticks is code. */
  HtmlWriter prose(String text) throws IOException {
    return raw(proseOf(text));
  }

  /** One line; what could change how others read is made visible. */
  static String escaped(String text) {
    return Markup.escaped(Printable.line(text.replace("\t", "    ")));
  }

  static String proseOf(String text) {
    String[] parts = escaped(text).split("`", -1);
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      boolean isCode = i % 2 == 1 && i < parts.length - 1;
      html.append(isCode ? "<code>" : i % 2 == 1 ? "`" : "");
      html.append(parts[i]).append(isCode ? "</code>" : "");
    }
    return html.toString();
  }

  /** Counts in words, and as a bar. */
  HtmlWriter counts(MarkCounts counts) throws IOException {
    return raw("<span class=\"counts\">").text(counts.words()).raw("</span>").bar(counts);
  }

  /** A bar of the shares of each mark; for the eye only, so words must stand beside it. */
  private HtmlWriter bar(MarkCounts counts) throws IOException {
    raw("<svg class=\"bar\" viewBox=\"0 0 1000 1\" preserveAspectRatio=\"none\"");
    raw(" aria-hidden=\"true\">");
    int left = counts.total();
    int at = 0;
    for (Mark mark : Mark.values()) {
      int count = counts.of(mark);
      if (count > 0) {
        left -= count;
        // What is rare must be seen beside thousands.
        int share = Math.max(12, (int) (1000L * count / counts.total()));
        int width = left == 0 ? Math.max(share, 1000 - at) : share;
        raw("<rect class=\"" + mark.word() + "\" x=\"" + at + "\" width=\"" + width);
        raw("\" height=\"1\"/>");
        at += width;
      }
    }
    return raw("</svg>");
  }
}
