package dev.policyctl.fix;

import java.util.ArrayList;
import java.util.List;

/**
 * The difference of two texts as a unified diff that {@code git apply} and {@code patch -p1} take.
 * Made for edits, which leave most lines alone: lines are matched in order, and after a difference
 * within a window of {@value #WINDOW} lines.
 */
public final class UnifiedDiff {
  private static final int CONTEXT = 3;
  private static final int WINDOW = 64;
  private static final String NO_NEWLINE = "\\ No newline at end of file\n";

  private final List<String> before;
  private final List<String> after;
  private final StringBuilder out = new StringBuilder();

  private UnifiedDiff(String before, String after) {
    this.before = lines(before);
    this.after = lines(after);
  }

  /** Lines {@code from} to {@code to}, exclusive, of each side that stand for one another. */
  private record Difference(int from, int to, int fromAfter, int toAfter) {}

  /**
   * @param path as the user knows the file
   * @return empty when the texts are equal
   */
  public static String of(String path, String before, String after) {
    if (before.equals(after)) {
      return "";
    }
    UnifiedDiff diff = new UnifiedDiff(before, after);
    String name = path.startsWith("/") ? path : "/" + path;
    diff.out.append("--- ").append(quoted("a" + name)).append('\n');
    diff.out.append("+++ ").append(quoted("b" + name)).append('\n');
    diff.hunks(diff.differences());
    return diff.out.toString();
  }

  /** Lines with their endings. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int newline = text.indexOf('\n', from);
      int next = newline < 0 ? text.length() : newline + 1;
      lines.add(text.substring(from, next));
      from = next;
    }
    return lines;
  }

  private List<Difference> differences() {
    List<Difference> found = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (matches(i, j)) {
        i++;
        j++;
      } else {
        Difference next = difference(i, j);
        found.add(next);
        i = next.to();
        j = next.toAfter();
      }
    }
    return found;
  }

  private boolean matches(int i, int j) {
    return i < before.size() && j < after.size() && before.get(i).equals(after.get(j));
  }

  /** The nearest place at which both sides agree again, or the ends. */
  private Difference difference(int from, int fromAfter) {
    for (int skipped = 1; skipped <= WINDOW; skipped++) {
      for (int deleted = skipped; deleted >= 0; deleted--) {
        int i = from + deleted;
        int j = fromAfter + skipped - deleted;
        boolean atEnds = i == before.size() && j == after.size();
        if (atEnds || matches(i, j)) {
          return new Difference(from, i, fromAfter, j);
        }
      }
    }
    return new Difference(from, before.size(), fromAfter, after.size());
  }

  private void hunks(List<Difference> differences) {
    int first = 0;
    while (first < differences.size()) {
      int last = first;
      while (last + 1 < differences.size()
          && differences.get(last + 1).from() - differences.get(last).to() <= 2 * CONTEXT) {
        last++;
      }
      hunk(differences.subList(first, last + 1));
      first = last + 1;
    }
  }

  private void hunk(List<Difference> together) {
    Difference first = together.get(0);
    Difference last = together.get(together.size() - 1);
    int lead = Math.min(CONTEXT, first.from());
    int from = first.from() - lead;
    int fromAfter = first.fromAfter() - lead;
    int trail = Math.min(CONTEXT, before.size() - last.to());
    range("@@ -", from, last.to() + trail);
    range(" +", fromAfter, last.toAfter() + trail);
    out.append(" @@\n");
    int at = from;
    for (Difference difference : together) {
      lines(' ', before, at, difference.from());
      lines('-', before, difference.from(), difference.to());
      lines('+', after, difference.fromAfter(), difference.toAfter());
      at = difference.to();
    }
    lines(' ', before, at, last.to() + trail);
  }

  // Of an empty range the line before it is named.
  private void range(String sign, int from, int to) {
    int count = to - from;
    out.append(sign).append(count == 0 ? from : from + 1);
    if (count != 1) {
      out.append(',').append(count);
    }
  }

  private void lines(char sign, List<String> lines, int from, int to) {
    for (String line : lines.subList(from, to)) {
      out.append(sign).append(line);
      if (!line.endsWith("\n")) {
        out.append('\n').append(NO_NEWLINE);
      }
    }
  }

  /** A name with blanks ends in a tab; one with quotes or control characters is a C string. */
  private static String quoted(String name) {
    boolean plain = name.chars().noneMatch(c -> c < ' ' || c == '"' || c == '\\' || c == 0x7F);
    if (plain) {
      return name.indexOf(' ') < 0 ? name : name + "\t";
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c == 0x7F) {
        quoted.append(String.format("\\%03o", (int) c));
      } else {
        quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
