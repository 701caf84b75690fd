package dev.policyctl.report;

import dev.policyctl.policy.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The failures of a run, the gravest first, as many as a page can bear. */
final class HtmlFindings {
  private static final int MAX_SHOWN = 1_000;
  private static final int MAX_OPEN = 10;

  private final Map<Mark, List<Finding>> kept = new EnumMap<>(Mark.class);
  private final MarkCounts counts = new MarkCounts();
  private final Map<String, Link> links = new HashMap<>();

  private record Link(Mark mark, String id) {
    /** This one, unless the other leads to a graver finding. */
    Link graver(Link other) {
      return other.mark().compareTo(mark) < 0 ? other : this;
    }
  }

  void add(Finding finding) {
    Mark mark = Mark.of(finding);
    counts.add(mark);
    List<Finding> same = kept.computeIfAbsent(mark, key -> new ArrayList<>());
    if (same.size() < MAX_SHOWN) {
      same.add(finding);
      String key =
          key(
              finding.at().path(),
              finding.guest(),
              finding.subject(),
              finding.section(),
              finding.host());
      links.merge(key, new Link(mark, id(mark, same.size())), Link::graver);
    }
  }

  private static String id(Mark mark, int number) {
    return mark.word() + "-" + number;
  }

  /** The fragment of a subject's gravest finding; empty when none is shown. */
  String link(String path, String guest, String subject, String section, String host) {
    Link link = links.get(key(path, guest, subject, section, host));
    return link == null ? "" : link.id();
  }

  private static String key(
      String path, String guest, String subject, String section, String host) {
    return String.join("\0", path, guest, subject, section, host);
  }

  MarkCounts counts() {
    return counts;
  }

  void write(HtmlWriter html) throws IOException {
    int open = 0;
    for (Mark mark : kept.keySet()) {
      List<Finding> same = kept.get(mark);
      html.raw("<h3 class=\"group\">").raw(title(mark)).raw(" <small>");
      html.raw(counts.of(mark) + "</small></h3>\n");
      for (int i = 0; i < same.size(); i++) {
        boolean opens = mark.isFailure() && open++ < MAX_OPEN;
        write(html, same.get(i), mark, id(mark, i + 1), opens);
      }
      int left = counts.of(mark) - same.size();
      if (left > 0) {
        html.raw("<p>and " + left + " more, too many for one page: <code>--format json</code>");
        html.raw(" has them all</p>\n");
      }
    }
  }

  private static String title(Mark mark) {
    return switch (mark) {
      case ERROR -> "Errors";
      case WARNING -> "Warnings";
      case INFO -> "Notes";
      case UNKNOWN -> "Not known";
      case ACCEPTED -> "Accepted";
      case PASS -> "Passes";
    };
  }

  private static void write(HtmlWriter html, Finding finding, Mark mark, String id, boolean opens)
      throws IOException {
    html.raw("<details class=\"finding " + mark.word() + "\" id=\"" + id + "\"");
    html.raw(opens ? " open" : "").raw("><summary><span class=\"tag\">" + mark.word());
    html.raw("</span> <span class=\"message\">").prose(finding.message());
    html.raw("</span> <span class=\"at\">").text(finding.at().toString());
    html.raw("</span></summary>\n<p class=\"meta\">");
    meta(html, finding);
    html.raw("</p>\n");
    HtmlSource source = new HtmlSource(html);
    source.excerpt(finding.at(), finding.excerpt());
    reasons(html, finding);
    for (Finding.ProposedFix fix : finding.fixes()) {
      if (!fix.edits().isEmpty()) {
        source.fix(finding, fix);
      }
    }
    html.raw("</details>\n");
  }

  /** Of whom it tells. */
  static void meta(HtmlWriter html, Finding finding) throws IOException {
    html.raw("<a href=\"#policy-").text(finding.policy()).raw("\">").text(finding.policy());
    html.raw("</a>");
    part(html, finding.guest().isEmpty() ? "" : "guest", finding.guest());
    part(html, finding.guest().isEmpty() ? "storage" : "volume", finding.subject());
    part(html, finding.section().equals("current") ? "" : "section", finding.section());
    part(html, "host", finding.host());
  }

  private static void part(HtmlWriter html, String name, String value) throws IOException {
    if (!name.isEmpty() && !value.isEmpty()) {
      html.raw(" <span>" + name + " <b>").text(value).raw("</b></span>");
    }
  }

  private static void reasons(HtmlWriter html, Finding finding) throws IOException {
    if (!finding.because().isEmpty()) {
      html.raw("<p class=\"because\">because</p><ul>");
      for (String reason : finding.because()) {
        html.raw("<li>").prose(reason).raw("</li>");
      }
      html.raw("</ul>\n");
    }
    for (String help : finding.help().lines().toList()) {
      html.raw("<p class=\"help\"><b>help</b> ").prose(help).raw("</p>\n");
    }
    List<String> steps = finding.bestFix().map(Finding.ProposedFix::steps).orElse(List.of());
    if (!steps.isEmpty()) {
      html.raw("<ol>");
      for (String step : steps) {
        html.raw("<li>").prose(step).raw("</li>");
      }
      html.raw("</ol>\n");
    }
  }
}
