package dev.policyctl.report;

import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Workflow commands of GitHub Actions, which it shows beside the lines. It shows ten of a kind for
 * a step, so what is not known is told once for each missing fact, and what is accepted only
 * counted.
 */
final class GithubReport implements Report {
  private final Appendable out;
  private final UnknownGroups unknowns = new UnknownGroups(2);

  GithubReport(Appendable out) {
    this.out = out;
  }

  @Override
  public void file(FileResult result) throws IOException {
    for (Problem problem : result.problems()) {
      String help = problem.help().isEmpty() ? "" : "\nhelp: " + problem.help();
      annotate(problem.severity().word(), problem.at(), "", problem.message() + help);
    }
    for (Finding finding : result.findings()) {
      if (finding.verdict() == Verdict.UNKNOWN) {
        unknowns.add(finding);
      } else {
        String text = String.join("\n", Wording.lines(finding));
        annotate(command(finding), finding.at(), finding.policy(), text);
      }
    }
  }

  private static String command(Finding finding) {
    if (finding.verdict() == Verdict.PASS) {
      return "debug";
    }
    return finding.severity() == Severity.INFO ? "notice" : finding.severity().word();
  }

  @Override
  public void finish(Summary summary, int exitCode) throws IOException {
    for (UnknownGroups.Group group : unknowns.inOrder()) {
      String text =
          group.missing().message() + ": " + group.extent() + "\nhelp: " + group.missing().help();
      boolean matters = group.first().severity() != Severity.INFO;
      annotate(matters ? "warning" : "notice", group.first().at(), "unknown", text);
    }
    out.append(Wording.counts(summary)).append('\n');
  }

  private void annotate(String command, Location at, String title, String text) throws IOException {
    List<String> properties = command.equals("debug") ? List.of() : properties(at, title);
    out.append("::").append(command);
    out.append(properties.isEmpty() ? "" : " ").append(String.join(",", properties));
    out.append("::").append(message(text)).append('\n');
  }

  private static List<String> properties(Location at, String title) {
    List<String> properties = new ArrayList<>();
    properties.add("file=" + property(ReportPath.plain(at.path())));
    if (!at.isWholeFile()) {
      properties.add("line=" + at.line());
      properties.add("endLine=" + at.endLine());
    }
    // Columns of several lines are refused. GitHub's end is the last column, ours the next one.
    if (!at.isWholeFile() && at.line() == at.endLine()) {
      properties.add("col=" + at.column());
      properties.add("endColumn=" + Math.max(at.column(), at.endColumn() - 1));
    }
    if (!title.isEmpty()) {
      properties.add("title=" + property(title));
    }
    return properties;
  }

  // As @actions/core `command.ts` escapes them, with lines made harmless for a log first.
  private static String message(String text) {
    String harmless = text.lines().map(Printable::line).collect(Collectors.joining("\n"));
    return harmless.replace("%", "%25").replace("\n", "%0A");
  }

  private static String property(String text) {
    return message(text).replace(":", "%3A").replace(",", "%2C");
  }
}
