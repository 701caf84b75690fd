package dev.policyctl.report;

import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.JudgedSubject;
import dev.policyctl.lint.Summary;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One page that needs nothing beside it: a map of what was judged, the findings, what is not known,
 * the policies. Its size is bounded whatever the run found. Results must have been kept with their
 * subjects, else the map stays empty.
 */
public final class HtmlReport implements Report {
  private static final int MAX_PROBLEMS = 200;
  private static final int MAX_GROUPS = 300;
  private static final int MAX_PLACES = 50;

  private final Appendable out;
  private final Run run;
  private final HtmlMap map = new HtmlMap();
  private final HtmlFindings findings = new HtmlFindings();
  private final HtmlAccepted accepted = new HtmlAccepted();
  private final HtmlPolicies policies = new HtmlPolicies();
  private final UnknownGroups unknowns = new UnknownGroups(MAX_PLACES);
  private final List<Problem> problems = new ArrayList<>();
  private final MarkCounts problemCounts = new MarkCounts();

  /**
   * @param out takes the page when the run is finished
   */
  public HtmlReport(Appendable out, Run run) {
    this.out = out;
    this.run = run;
  }

  /** The Content-Security-Policy that the page carries, for whoever serves it. */
  public static String securityPolicy() {
    return HtmlFrame.securityPolicy();
  }

  @Override
  public void file(FileResult result) {
    result.problems().forEach(this::add);
    for (Finding finding : result.findings()) {
      policies.add(finding);
      if (finding.verdict() == Verdict.FAIL) {
        findings.add(finding);
      } else if (finding.verdict() == Verdict.UNKNOWN) {
        unknowns.add(finding);
      }
    }
    Set<String> acceptedHere = accepted.add(result);
    for (JudgedSubject subject : result.subjects()) {
      Mark mark = Mark.of(subject);
      boolean isAccepted = mark == Mark.PASS && acceptedHere.contains(HtmlAccepted.key(subject));
      map.add(
          result.path(),
          subject,
          isAccepted ? Mark.ACCEPTED : mark,
          isAccepted ? HtmlAccepted.SECTION : link(result.path(), subject));
    }
  }

  /** Many warnings leave no error out. */
  private void add(Problem problem) {
    Mark mark = problem.severity() == Problem.Severity.ERROR ? Mark.ERROR : Mark.WARNING;
    problemCounts.add(mark);
    if (problemCounts.of(mark) <= MAX_PROBLEMS) {
      problems.add(problem);
    }
  }

  private String link(String path, JudgedSubject subject) {
    return subject.verdict() == Verdict.UNKNOWN
        ? "unknown"
        : findings.link(
            path, subject.guest(), subject.subject(), subject.section(), subject.host());
  }

  @Override
  public void finish(Summary summary, int exitCode) throws IOException {
    HtmlWriter html = new HtmlWriter(out);
    HtmlFrame frame = new HtmlFrame(html);
    frame.begin(run);
    frame.numbers(summary, findings.counts(), problemCounts);
    frame.tools(!problems.isEmpty(), !accepted.isEmpty());
    html.raw("<main id=\"main\">\n");
    problems(html);
    section(html, "map", "Map");
    html.raw(HtmlFrame.LEGEND);
    map.write(html);
    html.raw("</section>\n");
    section(html, "findings", "Findings");
    findings.write(html);
    html.raw(findings.counts().total() == 0 ? "<p>Nothing fails.</p>" : "").raw("</section>\n");
    unknowns(html);
    if (!accepted.isEmpty()) {
      section(html, HtmlAccepted.SECTION, "Accepted");
      accepted.write(html);
      html.raw("</section>\n");
    }
    section(html, "policies", "Policies");
    policies.write(html, run.policies());
    html.raw("</section>\n</main>\n");
    frame.end(run);
  }

  private static void section(HtmlWriter html, String id, String title) throws IOException {
    html.raw("<section id=\"" + id + "\" aria-labelledby=\"" + id + "-h\">");
    html.raw("<h2 id=\"" + id + "-h\">" + title + "</h2>\n");
  }

  private void problems(HtmlWriter html) throws IOException {
    if (problems.isEmpty()) {
      return;
    }
    section(html, "problems", "Problems with the input");
    for (Problem problem : problems) {
      String word = problem.severity().word();
      html.raw("<details class=\"finding " + word + "\"><summary><span class=\"tag\">" + word);
      html.raw("</span> <span class=\"message\">").prose(problem.message());
      html.raw("</span> <span class=\"at\">").text(problem.at().toString());
      html.raw("</span></summary>\n");
      new HtmlSource(html).excerpt(problem.at(), problem.excerpt());
      help(html, problem.help());
      html.raw("</details>\n");
    }
    int left = problemCounts.total() - problems.size();
    html.raw(left > 0 ? "<p>and " + left + " more</p>" : "").raw("</section>\n");
  }

  private static void help(HtmlWriter html, String help) throws IOException {
    for (String line : help.lines().toList()) {
      html.raw("<p class=\"help\"><b>help</b> ").prose(line).raw("</p>\n");
    }
  }

  private void unknowns(HtmlWriter html) throws IOException {
    section(html, "unknown", "Not known");
    for (UnknownGroups.Group group : unknowns.inOrder().stream().limit(MAX_GROUPS).toList()) {
      html.raw("<details class=\"finding unknown\"><summary><span class=\"tag\">unknown</span> ");
      html.raw("<span class=\"message\">").prose(group.missing().message());
      html.raw("</span> <span class=\"at\">").text(group.extent()).raw("</span></summary>\n");
      help(html, group.missing().help());
      html.raw("<ul class=\"places\">");
      for (String place : group.shownPlaces()) {
        html.raw("<li>").text(place).raw("</li>");
      }
      html.raw(group.placesLeft() > 0 ? "<li>and " + group.placesLeft() + " more</li>" : "");
      html.raw("</ul></details>\n");
    }
    int left = unknowns.inOrder().size() - MAX_GROUPS;
    html.raw(left > 0 ? "<p>and " + left + " more missing facts</p>" : "");
    html.raw(unknowns.inOrder().isEmpty() ? "<p>Everything is decided.</p>" : "");
    html.raw("</section>\n");
  }
}
