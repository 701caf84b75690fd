package dev.policyctl.source;

/**
 * A stretch of a {@link SourceText}, in Java chars from its beginning.
 *
 * @param start index of the first char
 * @param end index after the last char; equal to {@code start} for an empty stretch
 */
public record Span(int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("span " + start + " to " + end);
    }
  }

  public int length() {
    return end - start;
  }

  public boolean overlaps(Span other) {
    return start < other.end && other.start < end;
  }
}
