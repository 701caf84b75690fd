package dev.policyctl.report;

import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.lint.SuppressedFinding;
import dev.policyctl.model.Missing;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.util.List;

/** For people: findings with their source line, then what is not known, then the counts. */
final class TextReport implements Report {
  private static final int PLACES_SHOWN = 2;
  private static final String TAB = "    ";

  private final Appendable out;
  private final Style style;
  private final UnknownGroups unknowns;
  private final boolean verbose;

  TextReport(Appendable out, ReportOptions options) {
    this.out = out;
    this.style = new Style(options.color());
    this.verbose = options.verbose();
    this.unknowns = new UnknownGroups(options.verbose() ? Integer.MAX_VALUE : PLACES_SHOWN);
  }

  @Override
  public void file(FileResult result) throws IOException {
    for (Problem problem : result.problems()) {
      write(problem);
    }
    for (Finding finding : result.findings()) {
      if (finding.verdict() == Verdict.UNKNOWN) {
        unknowns.add(finding);
      } else {
        write(finding);
      }
    }
    for (SuppressedFinding one : verbose ? result.suppressed() : List.<SuppressedFinding>of()) {
      write(one);
    }
  }

  private void write(SuppressedFinding one) throws IOException {
    Finding finding = one.finding();
    out.append(place(finding.at()))
        .append(style.faint("suppressed"))
        .append(": ")
        .append(style.faint("[" + finding.policy() + "]"))
        .append(' ')
        .append(style.bold(Printable.line(finding.message())))
        .append('\n')
        .append("  by ")
        .append(Printable.line(Wording.acceptedBy(one.by())))
        .append("\n\n");
  }

  void write(Problem problem) throws IOException {
    boolean isError = problem.severity() == Problem.Severity.ERROR;
    String word = problem.severity().word();
    out.append(place(problem.at()))
        .append(isError ? style.error(word) : style.warning(word))
        .append(": ")
        .append(style.bold(Printable.line(problem.message())))
        .append('\n');
    frame(problem.at(), problem.excerpt(), isError ? Severity.ERROR : Severity.WARNING);
    help(problem.help());
    out.append('\n');
  }

  private void write(Finding finding) throws IOException {
    boolean passes = finding.verdict() == Verdict.PASS;
    out.append(place(finding.at()))
        .append(passes ? style.verdict(Verdict.PASS, "pass") : style.severity(finding.severity()))
        .append(": ")
        .append(style.faint("[" + finding.policy() + "]"))
        .append(' ')
        .append(style.bold(Printable.line(finding.message())))
        .append(style.faint(Printable.line(Wording.onHost(finding))))
        .append('\n');
    if (!passes) {
      frame(finding.at(), finding.excerpt(), finding.severity());
      because(finding);
      help(finding.help());
      steps(finding);
      out.append('\n');
    }
  }

  private void because(Finding finding) throws IOException {
    if (!finding.because().isEmpty()) {
      out.append("  because: ")
          .append(Printable.line(String.join("; ", finding.because())))
          .append('\n');
    }
  }

  private void help(String help) throws IOException {
    for (String line : help.lines().toList()) {
      out.append("  ").append(style.faint("help:")).append(' ').append(Printable.line(line));
      out.append('\n');
    }
  }

  private void steps(Finding finding) throws IOException {
    List<String> steps = finding.bestFix().map(Finding.ProposedFix::steps).orElse(List.of());
    for (String step : steps) {
      out.append("    - ").append(Printable.line(step)).append('\n');
    }
  }

  /** The source line with carets below the text that decides. */
  private void frame(Location at, String line, Severity severity) throws IOException {
    int column = at.column() - 1;
    int available = line.codePointCount(0, line.length()) - column;
    if (at.isWholeFile() || available <= 0) {
      return;
    }
    int wanted = at.endLine() == at.line() ? at.endColumn() - at.column() : available;
    int carets = Math.max(1, Math.min(wanted, available));
    String number = Integer.toString(at.line());
    int start = line.offsetByCodePoints(0, column);
    out.append("  ").append(style.faint(number + " |")).append(' ');
    out.append(widened(line)).append('\n');
    out.append(" ".repeat(number.length() + 5))
        .append(indentLike(line.substring(0, start)))
        .append(style.likeSeverity(severity, "^".repeat(carets)))
        .append('\n');
  }

  // As wide as the text before the carets is printed.
  private static String indentLike(String text) {
    String shown = widened(text);
    return " ".repeat(shown.codePointCount(0, shown.length()));
  }

  private static String widened(String text) {
    return Printable.line(text.replace("\t", TAB));
  }

  @Override
  public void finish(Summary summary, int exitCode) throws IOException {
    for (UnknownGroups.Group group : unknowns.inOrder()) {
      write(group);
    }
    out.append(style.bold(Wording.counts(summary))).append('\n');
  }

  private void write(UnknownGroups.Group group) throws IOException {
    Missing missing = group.missing();
    out.append(style.verdict(Verdict.UNKNOWN, "unknown"))
        .append(": ")
        .append(style.bold(Printable.line(missing.message())))
        .append(": ")
        .append(group.extent())
        .append('\n');
    out.append("  ").append(group.places()).append('\n');
    help(missing.help());
    out.append('\n');
  }

  private String place(Location at) {
    return style.bold(Printable.line(at.toString())) + ": ";
  }
}
