package dev.policyctl.report;

import dev.policyctl.lint.JudgedSubject;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Hosts, their storages, the guests there and their volumes, each with its mark. */
final class HtmlMap {
  // So that a page of any run can still be opened; what is left out is counted.
  private static final int MAX_SHOWN = 20_000;
  // More than a few screens are an overview first: its hosts are closed.
  private static final int MAX_SHOWN_OPEN = 300;
  private static final String NO_HOST = "host not known";

  private final Map<String, Host> hosts =
      new TreeMap<>(
          Comparator.comparing((String name) -> name.equals(NO_HOST))
              .thenComparing(Comparator.naturalOrder()));
  private int shown;
  private int leftElsewhere;

  private static final class Host {
    private final MarkCounts counts = new MarkCounts();
    private final Map<String, HtmlPlace> places = new TreeMap<>();
  }

  /**
   * @param path of the file that defines the subject
   * @param mark what came of it, with what was accepted
   * @param link the fragment that tells more; empty when there is none
   */
  void add(String path, JudgedSubject subject, Mark mark, String link) {
    if (subject.subject().isEmpty() && mark == Mark.PASS) {
      return; // A guest is seen by its volumes.
    }
    // What does not pass has a reserve of its own.
    boolean isFull = shown >= MAX_SHOWN * (mark == Mark.PASS ? 1 : 2);
    String name = subject.host().isEmpty() ? NO_HOST : subject.host();
    String key = HtmlPlace.key(subject);
    if (isFull && (!hosts.containsKey(name) || !hosts.get(name).places.containsKey(key))) {
      leftElsewhere++;
      return;
    }
    Host host = hosts.computeIfAbsent(name, missing -> new Host());
    host.counts.add(mark);
    HtmlPlace place = host.places.computeIfAbsent(key, missing -> new HtmlPlace(subject));
    if (isFull) {
      place.leaveOut(mark);
    } else {
      shown++;
      place.add(path, subject, mark, link);
    }
  }

  void write(HtmlWriter html) throws IOException {
    for (Map.Entry<String, Host> entry : hosts.entrySet()) {
      Host host = entry.getValue();
      boolean opens = hosts.size() == 1 || (host.counts.hasFailure() && shown <= MAX_SHOWN_OPEN);
      html.raw("<details class=\"host\"" + (opens ? " open" : "") + "><summary><h3>");
      html.text(entry.getKey()).raw("</h3>").counts(host.counts).raw("</summary>\n");
      for (HtmlPlace place : host.places.values()) {
        place.write(html);
      }
      html.raw("</details>\n");
    }
    if (leftElsewhere > 0) {
      html.raw("<p>and " + leftElsewhere + " more on other storages, too many for one page</p>\n");
    }
    html.raw(hosts.isEmpty() ? "<p>Nothing was judged.</p>" : "");
  }
}
