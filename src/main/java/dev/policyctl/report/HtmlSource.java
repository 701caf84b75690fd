package dev.policyctl.report;

import dev.policyctl.policy.Finding;
import dev.policyctl.source.Location;
import java.io.IOException;
import java.util.List;

/** A finding's source line with what decides in it, and what a fix makes of it. */
final class HtmlSource {
  private final HtmlWriter html;

  HtmlSource(HtmlWriter html) {
    this.html = html;
  }

  void excerpt(Location at, String line) throws IOException {
    if (at.isWholeFile() || line.isEmpty()) {
      return;
    }
    int from = offset(line, at.column());
    int to = at.endLine() == at.line() ? offset(line, at.endColumn()) : line.length();
    html.raw("<pre class=\"source\"><span class=\"n\">" + at.line() + "</span>");
    html.text(line.substring(0, from)).raw("<mark>").text(line.substring(from, to));
    html.raw("</mark>").text(line.substring(to)).raw("</pre>\n");
  }

  void fix(Finding finding, Finding.ProposedFix fix) throws IOException {
    html.raw("<figure class=\"fix\"><figcaption>fix, " + fix.safety().word() + ": ");
    html.prose(fix.title()).raw("</figcaption><pre>");
    String line = finding.excerpt();
    boolean isHere = !line.isEmpty() && fix.edits().stream().allMatch(edit -> isIn(finding, edit));
    if (isHere) {
      difference(finding.at().line(), line, edited(line, finding.at().line(), fix.edits()));
    } else {
      for (Finding.PlacedEdit edit : fix.edits()) {
        elsewhere(edit);
      }
    }
    html.raw("</pre></figure>\n");
  }

  /** Whether it changes nothing but the line that is shown; the end of the line may go, too. */
  private static boolean isIn(Finding finding, Finding.PlacedEdit edit) {
    int line = finding.at().line();
    boolean endsThere = edit.at().endLine() == line;
    boolean takesTheLine = edit.at().endLine() == line + 1 && edit.at().endColumn() == 1;
    return edit.at().line() == line && (endsThere || takesTheLine);
  }

  private static String edited(String line, int number, List<Finding.PlacedEdit> edits) {
    StringBuilder edited = new StringBuilder();
    int at = 0;
    for (Finding.PlacedEdit edit : edits) {
      int from = offset(line, edit.at().column());
      edited.append(line, at, Math.max(at, from)).append(edit.edit().replacement());
      boolean inLine = edit.at().endLine() == number;
      at = Math.max(at, inLine ? offset(line, edit.at().endColumn()) : line.length());
    }
    return edited.append(line.substring(at)).toString();
  }

  private void difference(int number, String before, String after) throws IOException {
    List<String> lines = after.lines().filter(line -> !line.isEmpty()).toList();
    boolean isKept = lines.contains(before);
    if (!isKept) {
      html.raw("<del><span class=\"n\">" + number + "</span>- ").text(before).raw("</del>");
    }
    for (String line : lines) {
      String element = isKept && line.equals(before) ? "span" : "ins";
      html.raw("<" + element + "><span class=\"n\">" + number + "</span>");
      html.raw(element.equals("ins") ? "+ " : "  ").text(line).raw("</" + element + ">");
    }
  }

  private void elsewhere(Finding.PlacedEdit edit) throws IOException {
    String place = "line " + edit.at().line() + ", column " + edit.at().column();
    String text = edit.edit().replacement();
    if (text.isBlank()) {
      html.raw("<del><span class=\"n\">" + edit.at().line() + "</span>- ");
      html.text("taken away at " + place).raw("</del>");
    }
    for (String line : text.lines().filter(one -> !one.isBlank()).toList()) {
      html.raw("<ins><span class=\"n\">" + edit.at().line() + "</span>+ ").text(line);
      html.raw("</ins>");
    }
  }

  // Columns count code points; the excerpt may be cut before the column.
  private static int offset(String line, int column) {
    int points = line.codePointCount(0, line.length());
    return line.offsetByCodePoints(0, Math.min(points, column - 1));
  }
}
