package dev.policyctl.yaml;

import dev.policyctl.source.Location;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;

/**
 * A scalar's text and where in the source each of its chars comes from, through quotes, escapes,
 * folded lines and the indentation of block scalars. Blank runs that YAML folds count as one place.
 */
public final class ScalarText {
  private final SourceText source;
  private final YamlNode.Scalar scalar;

  public ScalarText(SourceText source, YamlNode.Scalar scalar) {
    this.source = source;
    this.scalar = scalar;
  }

  public SourceText source() {
    return source;
  }

  public YamlNode.Scalar scalar() {
    return scalar;
  }

  public String text() {
    return scalar.text();
  }

  /** The whole scalar's place, quotes included. */
  public Location location() {
    return source.location(scalar.span());
  }

  /**
   * The place of one char of the text.
   *
   * @param index in Java chars; the text's length names the place after the last char
   */
  public Location location(int index) {
    int from = offset(index);
    boolean hasChar = index < text().length() && from < scalar.span().end();
    int to = hasChar ? source.text().offsetByCodePoints(from, 1) : from;
    return source.location(new Span(from, to));
  }

  private int offset(int index) {
    String raw = source.text();
    int begin = afterProperties(raw, scalar.span().start());
    char style = begin < raw.length() ? raw.charAt(begin) : ' ';
    int found =
        switch (style) {
          case '|', '>' -> new BlockWalk(raw, begin).offset(index);
          case '"', '\'' -> new FlowWalk(raw, begin + 1, style).offset(index);
          default -> new FlowWalk(raw, begin, ' ').offset(index);
        };
    return Math.min(found, Math.max(begin, scalar.span().end()));
  }

  // A node's span begins at its anchor or tag when it has one.
  private static int afterProperties(String raw, int start) {
    int at = start;
    while (at < raw.length() && (raw.charAt(at) == '&' || raw.charAt(at) == '!')) {
      while (at < raw.length() && !Character.isWhitespace(raw.charAt(at))) {
        at++;
      }
      while (at < raw.length() && Character.isWhitespace(raw.charAt(at))) {
        at++;
      }
    }
    return at;
  }

  /** Walks text and source of a plain or quoted scalar side by side. */
  private final class FlowWalk {
    private final String raw;
    private final char quote;
    private int at;

    FlowWalk(String raw, int at, char quote) {
      this.raw = raw;
      this.at = at;
      this.quote = quote;
    }

    int offset(int index) {
      int done = 0;
      while (done < index && at < raw.length()) {
        int afterFold = afterFold();
        if (afterFold > at) {
          int folded = blanksAt(done);
          if (done + folded > index) {
            return at;
          }
          done += folded;
          at = afterFold;
        } else {
          done += step();
        }
      }
      return isAtEscapedBreak() ? afterFold() : at;
    }

    /** A line break that stands for nothing. */
    private boolean isAtEscapedBreak() {
      return quote == '"' && (raw.startsWith("\\\n", at) || raw.startsWith("\\\r\n", at));
    }

    /** The end of a whitespace run with a line break in it; {@code at} when there is none. */
    private int afterFold() {
      int end = isAtEscapedBreak() ? at + 1 : at;
      boolean broken = false;
      while (end < raw.length() && Character.isWhitespace(raw.charAt(end))) {
        broken |= raw.charAt(end) == '\n';
        end++;
      }
      return broken ? end : at;
    }

    private int blanksAt(int index) {
      if (isAtEscapedBreak()) {
        return 0;
      }
      int end = index;
      while (end < text().length() && text().charAt(end) == '\n') {
        end++;
      }
      return Math.max(1, end - index);
    }

    /** Goes over one char or escape; the number of chars that it stands for in the text. */
    private int step() {
      if (quote == '\'' && raw.startsWith("''", at)) {
        at += 2;
        return 1;
      }
      if (quote != '"' || raw.charAt(at) != '\\' || at + 1 == raw.length()) {
        at++;
        return 1;
      }
      char kind = raw.charAt(at + 1);
      int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
      int hex = Math.min(raw.length(), at + 2);
      at = Math.min(raw.length(), hex + digits);
      return digits == 8 ? Character.charCount(Integer.parseInt(raw.substring(hex, at), 16)) : 1;
    }
  }

  /** Walks text and source of a literal or folded block side by side. */
  private final class BlockWalk {
    private final String raw;
    private int at;

    BlockWalk(String raw, int header) {
      this.raw = raw;
      this.at = Math.max(header, raw.indexOf('\n', header)) + 1;
    }

    int offset(int index) {
      String text = text();
      int leading = 0;
      while (leading < text.length() && text.charAt(leading) == '\n') {
        leading++;
      }
      skipBlankLines(Integer.MAX_VALUE);
      int indentation = count(raw, at, ' ') - count(text, leading, ' ');
      at += Math.max(0, indentation);
      int done = Math.min(leading, index);
      while (done < index && at < raw.length()) {
        boolean lineEnd = raw.charAt(at) == '\n' || raw.startsWith("\r\n", at);
        if (!lineEnd) {
          at++;
          done++;
          continue;
        }
        int breaks = text.charAt(done) == '\n' ? count(text, done, '\n') : 1;
        if (done + breaks > index) {
          return at;
        }
        done += breaks;
        skipBlankLines(indentation);
        at += Math.min(indentation, count(raw, at, ' '));
      }
      return at;
    }

    /** Goes to the beginning of the next line that has text, over lines with only blanks. */
    private void skipBlankLines(int indentation) {
      int line = at;
      while (line < raw.length()) {
        int blanks = Math.min(indentation, count(raw, line, ' '));
        int end = raw.startsWith("\r\n", line + blanks) ? line + blanks + 1 : line + blanks;
        if (end >= raw.length() || raw.charAt(end) != '\n') {
          break;
        }
        line = end + 1;
      }
      at = line;
    }

    private int count(String in, int from, char wanted) {
      int end = from;
      while (end < in.length() && in.charAt(end) == wanted) {
        end++;
      }
      return end - from;
    }
  }
}
