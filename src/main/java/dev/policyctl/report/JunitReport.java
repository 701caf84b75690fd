package dev.policyctl.report;

import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.lint.SuppressedFinding;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * JUnit's XML: a suite for each file, a case for each finding and problem, and one for all that
 * passes, which `--verbose` tells apart. What is not known is an error, what fails a failure, what
 * is accepted is skipped.
 */
final class JunitReport implements Report {
  private final Appendable out;
  private final boolean verbose;

  JunitReport(Appendable out, ReportOptions options) throws IOException {
    this.out = out;
    this.verbose = options.verbose();
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"policyctl\">\n");
  }

  @Override
  public void file(FileResult result) throws IOException {
    List<Problem> errors =
        result.problems().stream()
            .filter(problem -> problem.severity() == Problem.Severity.ERROR)
            .toList();
    boolean passesTogether = !verbose && result.passes() > 0;
    int accepted = result.suppressed().size();
    int cases = result.findings().size() + errors.size() + accepted + (passesTogether ? 1 : 0);
    String path = Markup.escaped(result.path());
    out.append("  <testsuite name=\"").append(path);
    out.append("\" tests=\"" + cases);
    out.append("\" failures=\"" + result.count(Verdict.FAIL));
    out.append("\" errors=\"" + (result.count(Verdict.UNKNOWN) + errors.size()));
    out.append("\" skipped=\"" + accepted);
    out.append("\" file=\"").append(path).append("\">\n");
    for (Problem problem : errors) {
      write(problem);
    }
    for (Finding finding : result.findings()) {
      write(finding);
    }
    for (SuppressedFinding one : result.suppressed()) {
      write(one);
    }
    if (passesTogether) {
      open("all that passes", result.path());
      element("system-out", Count.of(result.passes(), "judgement") + " passed");
      close();
    }
    warnings(result.problems());
    out.append("  </testsuite>\n");
  }

  private void write(Problem problem) throws IOException {
    open("readable", problem.at().path());
    String help = problem.help().isEmpty() ? "" : "\nhelp: " + problem.help();
    outcome("error", "problem", problem.message(), problem.at() + ": " + problem.message() + help);
    close();
  }

  private void write(SuppressedFinding one) throws IOException {
    open(name(one.finding()), one.finding().at().path());
    String message = "accepted by " + Wording.acceptedBy(one.by());
    out.append("      <skipped message=\"").append(Markup.escaped(message)).append("\"/>\n");
    element("system-out", one.finding().at() + ": " + one.finding().message());
    close();
  }

  private static String name(Finding finding) {
    String subject = finding.subject().isEmpty() ? "" : " " + finding.subject();
    String section = finding.section().equals("current") ? "" : " in " + finding.section();
    String host = finding.host().isEmpty() ? "" : " on " + finding.host();
    return finding.policy() + ": " + (finding.guest() + subject + section + host).strip();
  }

  private void write(Finding finding) throws IOException {
    open(name(finding), finding.at().path());
    if (finding.verdict() != Verdict.PASS) {
      String text = finding.at() + ": " + String.join("\n", Wording.lines(finding));
      String element = finding.verdict() == Verdict.FAIL ? "failure" : "error";
      String type = finding.verdict() == Verdict.FAIL ? finding.severity().word() : "unknown";
      outcome(element, type, finding.message(), text);
    }
    close();
  }

  private void open(String name, String path) throws IOException {
    out.append("    <testcase name=\"").append(Markup.escaped(name));
    out.append("\" classname=\"").append(Markup.escaped(className(path))).append("\">\n");
  }

  // Jenkins makes packages of what stands between points.
  private static String className(String path) {
    return ReportPath.plain(path).replace('.', '_').replace('/', '.').replaceAll("^\\.+", "");
  }

  private void outcome(String element, String type, String message, String text)
      throws IOException {
    out.append("      <").append(element);
    out.append(" type=\"").append(Markup.escaped(type));
    out.append("\" message=\"").append(Markup.escaped(message)).append("\">");
    out.append(lines(text)).append("</").append(element).append(">\n");
  }

  private void element(String name, String text) throws IOException {
    out.append("      <").append(name).append('>').append(lines(text));
    out.append("</").append(name).append(">\n");
  }

  private static String lines(String text) {
    return text.lines().map(Markup::escaped).collect(Collectors.joining("\n"));
  }

  private void close() throws IOException {
    out.append("    </testcase>\n");
  }

  private void warnings(List<Problem> problems) throws IOException {
    String warnings =
        problems.stream()
            .filter(problem -> problem.severity() == Problem.Severity.WARNING)
            .map(problem -> problem.at() + ": warning: " + problem.message())
            .collect(Collectors.joining("\n"));
    if (!warnings.isEmpty()) {
      out.append("    <system-err>").append(lines(warnings)).append("</system-err>\n");
    }
  }

  @Override
  public void finish(Summary summary, int exitCode) throws IOException {
    out.append("</testsuites>\n");
  }
}
