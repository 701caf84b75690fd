package dev.policyctl.report;

import dev.policyctl.exception.Suppression;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.JudgedSubject;
import dev.policyctl.lint.SuppressedFinding;
import dev.policyctl.policy.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What somebody has accepted, with the reason and the last day; as many as a page can bear. */
final class HtmlAccepted {
  /** The fragment of the section. */
  static final String SECTION = "accepted";

  private static final int MAX_SHOWN = 1_000;

  private final List<SuppressedFinding> kept = new ArrayList<>();
  private int left;

  /** The {@link #key}s of those of whom something is accepted. */
  Set<String> add(FileResult result) {
    Set<String> subjects = new HashSet<>();
    for (SuppressedFinding one : result.suppressed()) {
      Finding finding = one.finding();
      subjects.add(key(finding.guest(), finding.subject(), finding.section(), finding.host()));
      if (kept.size() < MAX_SHOWN) {
        kept.add(one);
      } else {
        left++;
      }
    }
    return subjects;
  }

  /** Tells the subjects of one file apart. */
  static String key(JudgedSubject subject) {
    return key(subject.guest(), subject.subject(), subject.section(), subject.host());
  }

  private static String key(String guest, String subject, String section, String host) {
    return String.join("\0", guest, subject, section, host);
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  void write(HtmlWriter html) throws IOException {
    for (SuppressedFinding one : kept) {
      write(html, one.finding(), one.by());
    }
    html.raw(left > 0 ? "<p>and " + left + " more, too many for one page</p>\n" : "");
  }

  private static void write(HtmlWriter html, Finding finding, Suppression by) throws IOException {
    html.raw("<details class=\"finding accepted\"><summary><span class=\"tag\">accepted</span> ");
    html.raw("<span class=\"message\">").prose(finding.message());
    html.raw("</span> <span class=\"at\">").text(finding.at() + until(by));
    html.raw("</span></summary>\n<p class=\"meta\">");
    HtmlFindings.meta(html, finding);
    html.raw("</p>\n");
    new HtmlSource(html).excerpt(finding.at(), finding.excerpt());
    html.raw("<p class=\"help\"><b>reason</b> ").prose(Wording.justification(by));
    html.raw("</p>\n<p class=\"help\"><b>accepted by</b> ").prose(Wording.accepter(by));
    html.raw(" <small>").text(by.at().toString()).raw("</small></p>\n</details>\n");
  }

  private static String until(Suppression by) {
    return by.until().isEmpty() ? "" : ", accepted until " + by.until();
  }
}
