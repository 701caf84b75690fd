package dev.policyctl.source;

/**
 * A place that a person can go to: lines and columns count from 1, a column counts Unicode code
 * points, the end is exclusive.
 *
 * @param path the file as it was named; {@code -} for standard input
 * @param line 0 when the whole file is meant; the other numbers are 0 then, too
 */
public record Location(String path, int line, int column, int endLine, int endColumn) {
  public Location {
    boolean wholeFile = line == 0 && column == 0 && endLine == 0 && endColumn == 0;
    boolean ordered = endLine > line || (endLine == line && endColumn >= column);
    if (!wholeFile && (line < 1 || column < 1 || !ordered)) {
      throw new IllegalArgumentException(
          "location " + line + ":" + column + " to " + endLine + ":" + endColumn);
    }
  }

  /** The whole file, when there is no better place. */
  public static Location ofFile(String path) {
    return new Location(path, 0, 0, 0, 0);
  }

  public boolean isWholeFile() {
    return line == 0;
  }

  /** {@code path:line:column}, or the path alone for a whole file. */
  @Override
  public String toString() {
    return isWholeFile() ? path : path + ":" + line + ":" + column;
  }
}
