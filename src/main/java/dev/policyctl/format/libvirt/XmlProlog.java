package dev.policyctl.format.libvirt;

import dev.policyctl.source.Span;

/**
 * What stands before the first element of an XML text: found without parsing, so that a file's
 * format is told from its beginning and a document type is seen before any parser reads it.
 *
 * @param doctype the document type declaration; empty when there is none
 * @param root index of the first element's {@code <}; -1 when the text has none
 */
record XmlProlog(Span doctype, int root) {
  static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final XmlProlog NOTHING = new XmlProlog(new Span(0, 0), -1);

  static XmlProlog of(String text) {
    int at = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    Span doctype = NOTHING.doctype;
    while (true) {
      at = StartTag.skipSpace(text, at);
      if (at + 1 >= text.length() || text.charAt(at) != '<') {
        return new XmlProlog(doctype, -1);
      }
      if (text.charAt(at + 1) == '?') {
        at = after(text, "?>", at);
      } else if (text.startsWith("<!--", at)) {
        at = after(text, "-->", at + 4);
      } else if (text.startsWith("<!DOCTYPE", at)) {
        doctype = new Span(at, endOfDoctype(text, at));
        at = doctype.end();
      } else {
        return new XmlProlog(doctype, at);
      }
    }
  }

  boolean hasDoctype() {
    return doctype.length() > 0;
  }

  /** The first element's name without prefix; empty when there is none. */
  String rootName(String text) {
    if (root < 0) {
      return "";
    }
    Span name = StartTag.at(text, root).name();
    String qualified = text.substring(name.start(), name.end());
    return qualified.substring(qualified.indexOf(':') + 1);
  }

  private static int after(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }

  // Quotes, comments and the brackets of an internal subset hide a `>`.
  private static int endOfDoctype(String text, int start) {
    boolean subset = false;
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        at = after(text, String.valueOf(c), at + 1);
      } else if (text.startsWith("<!--", at)) {
        at = after(text, "-->", at + 4);
      } else {
        at++;
        subset = c == '[' || (subset && c != ']');
        if (c == '>' && !subset) {
          return at;
        }
      }
    }
    return text.length();
  }
}
