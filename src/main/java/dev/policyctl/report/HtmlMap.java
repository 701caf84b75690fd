package dev.policyctl.report;

import dev.policyctl.lint.JudgedSubject;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hosts, their storages, the guests there and their volumes, each with its mark. */
final class HtmlMap {
  // So that a page of any run can still be opened; what is left out is counted.
  private static final int MAX_SHOWN = 20_000;
  // More than a few screens are an overview first: its hosts are closed.
  private static final int MAX_SHOWN_OPEN = 300;
  private static final String NO_HOST = "host not known";
  private static final String GUESTS = "";

  private final Map<String, Host> hosts =
      new TreeMap<>(
          Comparator.comparing((String name) -> name.equals(NO_HOST))
              .thenComparing(Comparator.naturalOrder()));
  private int shown;

  private static final class Host {
    private final MarkCounts counts = new MarkCounts();
    private final Map<String, Place> places = new TreeMap<>();
  }

  /** A storage with one file system. */
  private static final class Place {
    private final String label;
    private final MarkCounts counts = new MarkCounts();
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private int left;

    Place(String label) {
      this.label = label;
    }
  }

  /** A guest there, or the storage's own definition. */
  private static final class Row {
    private final String label;
    private final StringBuilder chips = new StringBuilder();
    private Mark worst = Mark.PASS;

    Row(String label) {
      this.label = label;
    }
  }

  /**
   * @param link the fragment that tells more; empty when there is none
   */
  void add(String path, JudgedSubject subject, String link) {
    Mark mark = Mark.of(subject);
    boolean isGuest = subject.subject().isEmpty();
    if (isGuest && mark == Mark.PASS) {
      return; // It is seen by its volumes.
    }
    Host host =
        hosts.computeIfAbsent(
            subject.host().isEmpty() ? NO_HOST : subject.host(), name -> new Host());
    Place place = place(host, subject, isGuest);
    host.counts.add(mark);
    place.counts.add(mark);
    if (shown >= MAX_SHOWN * (mark == Mark.PASS ? 1 : 2)) {
      place.left++;
      return;
    }
    shown++;
    Row row =
        place.rows.computeIfAbsent(
            path + '\0' + subject.guest(), key -> new Row(HtmlChip.row(subject)));
    row.chips.append(HtmlChip.of(subject, mark, link));
    row.worst = mark.compareTo(row.worst) < 0 ? mark : row.worst;
  }

  private static Place place(Host host, JudgedSubject subject, boolean isGuest) {
    if (isGuest) {
      return host.places.computeIfAbsent(GUESTS, key -> new Place("guests as a whole"));
    }
    Values values = subject.values();
    String filesystem = values.get(Field.STORAGE_FILESYSTEM).ifKnown().orElse("?");
    String profiles =
        values
            .get(Field.STORAGE_PROFILES)
            .ifKnown()
            .map(list -> String.join(" and ", list))
            .orElse("");
    String id = values.known(Field.STORAGE_ID);
    return host.places.computeIfAbsent(
        id + '\0' + filesystem + '\0' + profiles,
        key -> new Place(label(id, filesystem, values.get(Field.STORAGE_TYPE), profiles)));
  }

  private static String label(String id, String filesystem, Fact<String> type, String profiles) {
    String kind =
        switch (filesystem) {
          case "?" -> "file system not known";
          case "" -> type.ifKnown().filter(word -> !word.isEmpty()).orElse("no file system");
          default -> filesystem;
        };
    String copies =
        profiles.isEmpty() ? "" : " <small>" + HtmlWriter.escaped(profiles) + "</small>";
    return "<b>"
        + HtmlWriter.escaped(id.isEmpty() ? "by path" : id)
        + "</b> <span class=\"kind\">"
        + HtmlWriter.escaped(kind)
        + "</span>"
        + copies;
  }

  boolean isEmpty() {
    return hosts.isEmpty();
  }

  void write(HtmlWriter html) throws IOException {
    for (Map.Entry<String, Host> entry : hosts.entrySet()) {
      Host host = entry.getValue();
      boolean opens = hosts.size() == 1 || (host.counts.hasFailure() && shown <= MAX_SHOWN_OPEN);
      html.raw("<details class=\"host\"" + (opens ? " open" : "") + "><summary><h3>");
      html.text(entry.getKey()).raw("</h3>");
      counts(html, host.counts);
      html.raw("</summary>\n");
      for (Place place : host.places.values()) {
        write(html, place);
      }
      html.raw("</details>\n");
    }
  }

  private static void counts(HtmlWriter html, MarkCounts counts) throws IOException {
    html.raw("<span class=\"counts\">").text(counts.words()).raw("</span>").bar(counts);
  }

  private static void write(HtmlWriter html, Place place) throws IOException {
    boolean opens = place.counts.hasFailure();
    html.raw("<details class=\"place\"" + (opens ? " open" : "") + "><summary><span>");
    html.raw(place.label).raw("</span>");
    counts(html, place.counts);
    html.raw("</summary>\n");
    List<Row> passing = new ArrayList<>();
    html.raw("<ul class=\"rows\">\n");
    for (Row row : place.rows.values()) {
      if (row.worst == Mark.PASS) {
        passing.add(row);
      } else {
        write(html, row);
      }
    }
    html.raw("</ul>\n");
    passing(html, passing, opens);
    if (place.left > 0) {
      html.raw("<p>and " + place.left + " more, too many for one page</p>\n");
    }
    html.raw("</details>\n");
  }

  private static void passing(HtmlWriter html, List<Row> rows, boolean besideFailures)
      throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    if (besideFailures) {
      html.raw("<details class=\"passes\"><summary>");
      html.text(Count.of(rows.size(), "definition") + (rows.size() == 1 ? " passes" : " pass"));
      html.raw("</summary>");
    }
    html.raw("<ul class=\"rows\">\n");
    for (Row row : rows) {
      write(html, row);
    }
    html.raw("</ul>").raw(besideFailures ? "</details>\n" : "\n");
  }

  private static void write(HtmlWriter html, Row row) throws IOException {
    html.raw("<li>").raw(row.label).raw("<ul class=\"chips\">").raw(row.chips.toString());
    html.raw("</ul></li>\n");
  }
}
