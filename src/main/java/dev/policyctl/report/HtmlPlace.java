package dev.policyctl.report;

import dev.policyctl.lint.JudgedSubject;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A storage of a host with one file system, and what is there; or the guests as a whole. */
final class HtmlPlace {
  private static final String NOT_KNOWN = "?";

  private final String label;
  private final MarkCounts counts = new MarkCounts();
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private int left;

  /** A guest there, or the storage's own definition. */
  private static final class Row {
    private final String label;
    private final StringBuilder chips = new StringBuilder();
    private Mark worst = Mark.PASS;

    Row(String label) {
      this.label = label;
    }
  }

  HtmlPlace(JudgedSubject subject) {
    this.label = isGuest(subject) ? "guests as a whole" : label(subject.values());
  }

  private static boolean isGuest(JudgedSubject subject) {
    return subject.subject().isEmpty();
  }

  /** Equal for what is at one place; in the order of the places. */
  static String key(JudgedSubject subject) {
    Values values = subject.values();
    return isGuest(subject)
        ? ""
        : values.known(Field.STORAGE_ID) + '\0' + filesystem(values) + '\0' + profiles(values);
  }

  private static String filesystem(Values values) {
    return values.get(Field.STORAGE_FILESYSTEM).ifKnown().orElse(NOT_KNOWN);
  }

  private static String profiles(Values values) {
    List<String> known = values.get(Field.STORAGE_PROFILES).ifKnown().orElse(List.of());
    return String.join(" and ", known);
  }

  private static String label(Values values) {
    String id = values.known(Field.STORAGE_ID);
    Optional<String> type =
        values.get(Field.STORAGE_TYPE).ifKnown().filter(word -> !word.isEmpty());
    String kind =
        switch (filesystem(values)) {
          case NOT_KNOWN -> "file system not known";
          case "" -> type.orElse("no file system");
          default -> filesystem(values);
        };
    return "<b>"
        + HtmlWriter.escaped(id.isEmpty() ? "by path" : id)
        + "</b> <span class=\"kind\">"
        + HtmlWriter.escaped(kind)
        + "</span> <small>"
        + HtmlWriter.escaped(profiles(values))
        + "</small>";
  }

  /** Counts a subject that is not shown. */
  void leaveOut(Mark mark) {
    counts.add(mark);
    left++;
  }

  /**
   * @param path of the file that defines it
   * @param link the fragment that tells more; empty when there is none
   */
  void add(String path, JudgedSubject subject, Mark mark, String link) {
    counts.add(mark);
    String key = path + '\0' + subject.guest();
    Row row = rows.computeIfAbsent(key, missing -> new Row(HtmlChip.row(subject)));
    row.chips.append(HtmlChip.of(subject, mark, link));
    row.worst = mark.compareTo(row.worst) < 0 ? mark : row.worst;
  }

  void write(HtmlWriter html) throws IOException {
    boolean opens = counts.hasFailure();
    html.raw("<details class=\"place\"" + (opens ? " open" : "") + "><summary><span>");
    html.raw(label).raw("</span>").counts(counts).raw("</summary>\n");
    List<Row> passing = rows.values().stream().filter(row -> row.worst == Mark.PASS).toList();
    List<Row> others = rows.values().stream().filter(row -> row.worst != Mark.PASS).toList();
    if (!others.isEmpty()) {
      write(html, others);
    }
    if (!passing.isEmpty() && opens) {
      html.raw("<details class=\"passes\"><summary>" + Count.of(passing.size(), "definition"));
      html.raw(passing.size() == 1 ? " passes</summary>" : " pass</summary>");
      write(html, passing);
      html.raw("</details>\n");
    } else if (!passing.isEmpty()) {
      write(html, passing);
    }
    html.raw(left > 0 ? "<p>and " + left + " more, too many for one page</p>\n" : "");
    html.raw("</details>\n");
  }

  private static void write(HtmlWriter html, List<Row> rows) throws IOException {
    html.raw("<ul class=\"rows\">\n");
    for (Row row : rows) {
      html.raw("<li>").raw(row.label).raw("<ul class=\"chips\">").raw(row.chips.toString());
      html.raw("</ul></li>\n");
    }
    html.raw("</ul>\n");
  }
}
