package dev.policyctl.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.io.IOException;

/**
 * GitLab's Code Quality report: one array, an issue for each failure, unknown and problem. It has
 * no word for an issue that is accepted, so those are left out.
 */
final class GitlabReport implements Report {
  private final JsonGenerator json;
  private final Fingerprints fingerprints = new Fingerprints();

  GitlabReport(Appendable out) throws IOException {
    json = JsonOutput.generator(out);
    json.writeStartArray();
  }

  @Override
  public void file(FileResult result) throws IOException {
    for (Problem problem : result.problems()) {
      boolean isError = problem.severity() == Problem.Severity.ERROR;
      String help = problem.help().isEmpty() ? "" : "; " + problem.help();
      issue(
          isError ? "unreadable-value" : "ignored-value",
          problem.message() + help,
          isError ? "critical" : "minor",
          fingerprints.of(problem),
          problem.at());
    }
    for (Finding finding : result.findings()) {
      if (finding.verdict() != Verdict.PASS) {
        issue(
            finding.policy(),
            description(finding),
            severity(finding),
            fingerprints.of(finding),
            finding.at());
      }
    }
  }

  private static String description(Finding finding) {
    String help = finding.help().isEmpty() ? "" : "; " + finding.help().replace("\n", "; ");
    return finding.message() + Wording.onHost(finding) + help;
  }

  private static String severity(Finding finding) {
    if (finding.verdict() == Verdict.UNKNOWN) {
      return finding.severity() == Severity.INFO ? "info" : "minor";
    }
    return switch (finding.severity()) {
      case ERROR -> "critical";
      case WARNING -> "major";
      case INFO -> "info";
    };
  }

  private void issue(
      String check, String description, String severity, String fingerprint, Location at)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "issue");
    json.writeStringField("check_name", check);
    json.writeStringField("description", description);
    json.writeStringField("severity", severity);
    json.writeStringField("fingerprint", fingerprint);
    json.writeObjectFieldStart("location");
    json.writeStringField("path", ReportPath.plain(at.path()));
    json.writeObjectFieldStart("lines");
    json.writeNumberField("begin", Math.max(1, at.line()));
    json.writeNumberField("end", Math.max(1, at.endLine()));
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  @Override
  public void finish(Summary summary, int exitCode) throws IOException {
    json.writeEndArray();
    json.writeRaw('\n');
    json.flush();
  }
}
