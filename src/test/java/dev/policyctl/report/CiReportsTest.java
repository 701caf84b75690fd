package dev.policyctl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What GitHub and GitLab demand of the reports that they read. */
final class CiReportsTest {
  private static final Pattern COMMAND =
      Pattern.compile("::(error|warning|notice) (\\w+=[^,:\\r\\n]*)(,\\w+=[^,:\\r\\n]*)*::.*");

  @Test
  void annotationsStayInTheirLines() throws IOException {
    List<String> lines = SampleRun.in(ReportFormat.GITHUB, false).lines().toList();
    for (String line : lines.subList(0, lines.size() - 1)) {
      assertTrue(COMMAND.matcher(line).matches(), line);
    }
    assertTrue(lines.get(lines.size() - 1).startsWith("7 files, 4 guests"), lines.toString());
  }

  @Test
  void annotationsAreEscapedAsTheRunnerReadsThem() throws IOException {
    Problem problem =
        Problem.error(
            new Location("a,b:100%.conf", 2, 3, 2, 5), "one\n::set-env::\r\u001B100%", "");
    StringBuilder out = new StringBuilder();
    Report report = new GithubReport(out);
    report.file(FileResult.unreadable(problem));
    report.finish(Summary.EMPTY, 2);
    assertEquals(
        "::error file=a%2Cb%3A100%25.conf,line=2,endLine=2,col=3,endColumn=4"
            + "::one%0A::set-env::%0A\\u001B100%25",
        out.toString().lines().findFirst().get());
  }

  @Test
  void whatIsAcceptedIsNoAnnotationAndNoIssue() throws IOException {
    String github = SampleRun.in(ReportFormat.GITHUB, false);
    assertEquals(1, count(github, "103.conf"), "that of `scsi2`");
    assertTrue(github.strip().endsWith(", 3 suppressed"), github);
    assertEquals(1, count(SampleRun.in(ReportFormat.GITLAB, false), "103.conf"));
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  @Test
  void issuesOfGitlabHaveDistinctFingerprintsAndRelativePaths() throws IOException {
    JsonNode issues = new ObjectMapper().readTree(SampleRun.in(ReportFormat.GITLAB, false));
    Set<String> fingerprints = new HashSet<>();
    for (JsonNode issue : issues) {
      assertTrue(fingerprints.add(issue.path("fingerprint").asText()), issue.toString());
      assertFalse(issue.at("/location/path").asText().startsWith("."), issue.toString());
      assertTrue(issue.at("/location/lines/begin").asInt() > 0, issue.toString());
      assertTrue(
          Set.of("info", "minor", "major", "critical").contains(issue.path("severity").asText()));
    }
    assertFalse(fingerprints.isEmpty());
  }

  @Test
  void problemsOfOneFileThatReadAlikeAreToldApart() throws IOException {
    Problem problem = Problem.error(new Location("a.conf", 2, 3, 2, 5), "no value", "");
    StringBuilder out = new StringBuilder();
    Report report = new GitlabReport(out);
    report.file(FileResult.ofProblems("a.conf", List.of(problem, problem)));
    report.finish(Summary.EMPTY, 2);
    JsonNode issues = new ObjectMapper().readTree(out.toString());
    assertFalse(issues.at("/0/fingerprint").equals(issues.at("/1/fingerprint")), issues.toString());
  }
}
