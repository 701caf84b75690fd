package dev.policyctl.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The text of one file as it was read, and where its lines begin. Immutable and thread-safe. */
public final class SourceText {
  private static final int MAX_EXCERPT = 400;
  private static final int MAX_REPORTED_UNDECODABLE = 20;

  private final String path;
  private final String text;
  private final Charset charset;
  private final List<Span> undecodable;
  private int[] lineStarts = {};

  private SourceText(String path, String text, Charset charset, List<Span> undecodable) {
    this.path = path;
    this.text = text;
    this.charset = charset;
    this.undecodable = List.copyOf(undecodable);
  }

  public static SourceText of(String path, String text) {
    return new SourceText(path, text, StandardCharsets.UTF_8, List.of());
  }

  /**
   * Reads UTF-8. A byte sequence that is none becomes U+FFFD and is listed in {@link
   * #undecodable()}.
   */
  public static SourceText decode(String path, byte[] bytes) {
    return decode(path, bytes, StandardCharsets.UTF_8);
  }

  public static SourceText decode(String path, byte[] bytes, Charset charset) {
    String text = new String(bytes, charset);
    boolean suspicious = text.indexOf('\uFFFD') >= 0;
    return suspicious
        ? decodeCarefully(path, bytes, charset)
        : new SourceText(path, text, charset, List.of());
  }

  private static SourceText decodeCarefully(String path, byte[] bytes, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out =
        CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 2);
    List<Span> undecodable = new ArrayList<>();
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        break;
      }
      if (undecodable.size() < MAX_REPORTED_UNDECODABLE) {
        undecodable.add(new Span(out.position(), out.position() + 1));
      }
      out.put('\uFFFD');
      in.position(in.position() + result.length());
    }
    decoder.flush(out);
    return new SourceText(path, out.flip().toString(), charset, undecodable);
  }

  /** Another text in place of this one, of the same path and encoding. */
  public SourceText withText(String other) {
    return new SourceText(path, other, charset, List.of());
  }

  /** The text as it stands in the file, unless {@link #undecodable()} says that it cannot. */
  public byte[] bytes() {
    return text.getBytes(charset);
  }

  /** The file's name as it was given. */
  public String path() {
    return path;
  }

  public String text() {
    return text;
  }

  public Charset charset() {
    return charset;
  }

  /**
   * Where the file has bytes that its encoding does not allow, the first {@value
   * #MAX_REPORTED_UNDECODABLE} of them. Such a text cannot be written back unchanged.
   */
  public List<Span> undecodable() {
    return undecodable;
  }

  public String slice(Span span) {
    return text.substring(span.start(), span.end());
  }

  public Location location(Span span) {
    int line = lineAt(span.start());
    int endLine = span.length() == 0 ? line : lineAt(span.end());
    return new Location(
        path, line, column(line, span.start()), endLine, column(endLine, span.end()));
  }

  /** The line's text without its line ending; lines count from 1. */
  public String line(int number) {
    int[] starts = lineStarts();
    int from = starts[number - 1];
    int to = number < starts.length ? starts[number] - 1 : text.length();
    if (to > from && text.charAt(to - 1) == '\r') {
      to--;
    }
    return text.substring(from, to);
  }

  /** The problem, which is one of this text, with the source line that it stands in. */
  public Problem quote(Problem problem) {
    return new Problem(
        problem.at(), problem.severity(), problem.message(), problem.help(), excerpt(problem.at()));
  }

  /** The line at a place of this text, cut where it is very long; empty for the whole file. */
  public String excerpt(Location at) {
    if (at.isWholeFile()) {
      return "";
    }
    String line = line(at.line());
    return line.length() <= MAX_EXCERPT ? line : line.substring(0, MAX_EXCERPT) + "…";
  }

  /** Number of the line that holds this char, from 1. */
  public int lineAt(int offset) {
    int found = Arrays.binarySearch(lineStarts(), offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  private int column(int line, int offset) {
    return text.codePointCount(lineStarts()[line - 1], offset) + 1;
  }

  // Written once per thread at the worst: every thread computes the same array.
  private int[] lineStarts() {
    int[] known = lineStarts;
    if (known.length > 0) {
      return known;
    }
    int[] starts = new int[16];
    int count = 1;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = at + 1;
    }
    int[] exact = Arrays.copyOf(starts, count);
    lineStarts = exact;
    return exact;
  }
}
