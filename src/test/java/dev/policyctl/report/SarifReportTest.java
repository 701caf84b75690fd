package dev.policyctl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.policy.Finding;
import dev.policyctl.source.Location;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The SARIF report is one by the official schema, and says what readers of SARIF look for. */
final class SarifReportTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static Set<ValidationMessage> problems(JsonNode report) throws IOException {
    try (InputStream schema =
        SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      JsonSchema loaded =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
      return loaded.validate(
          report, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    }
  }

  private static JsonNode sample(boolean verbose) throws IOException {
    return MAPPER.readTree(SampleRun.in(ReportFormat.SARIF, verbose));
  }

  @Test
  void isValidByTheOfficialSchema() throws IOException {
    assertEquals(Set.of(), problems(sample(false)));
    assertEquals(Set.of(), problems(sample(true)));
  }

  @Test
  void theSchemaIsReallyAsked() throws IOException {
    JsonNode report = sample(false);
    ((ObjectNode) report.at("/runs/0/results/0")).put("level", "fatal");
    assertFalse(problems(report).isEmpty());
  }

  @Test
  void everyResultHasItsRule() throws IOException {
    JsonNode run = sample(true).at("/runs/0");
    for (JsonNode result : run.path("results")) {
      int index = result.path("ruleIndex").asInt(-1);
      assertEquals(result.path("ruleId"), run.at("/tool/driver/rules").path(index).path("id"));
    }
  }

  @Test
  void whatIsNotKnownIsOpen() throws IOException {
    Set<String> kinds = new HashSet<>();
    for (JsonNode result : sample(true).at("/runs/0/results")) {
      kinds.add(result.path("kind").asText());
      boolean fails = result.path("kind").asText().equals("fail");
      assertEquals(!fails, result.path("level").asText().equals("none"), result.toString());
    }
    assertEquals(Set.of("fail", "open", "pass"), kinds);
  }

  @Test
  void whatIsAcceptedHasItsSuppression() throws IOException {
    List<String> told = new ArrayList<>();
    for (JsonNode result : sample(false).at("/runs/0/results")) {
      assertTrue(result.path("suppressions").isArray(), "of all results, or of none");
      for (JsonNode one : result.path("suppressions")) {
        assertEquals("accepted", one.path("status").asText());
        told.add(
            String.join(
                " ",
                one.path("kind").asText(),
                one.at("/location/physicalLocation/artifactLocation/uri").asText(),
                one.path("justification").asText()));
      }
    }
    assertEquals(
        List.of(
            "inSource nodes/pve1/qemu-server/103.conf looked at by <b>us</b> \"both\"",
            "external accepted/cache.yaml rebuilt every night; `really`",
            "external .policyctl-baseline.json was there when the baseline was taken"),
        told);
  }

  private static List<String> fingerprints(JsonNode report) {
    List<String> found = new ArrayList<>();
    report
        .at("/runs/0/results")
        .forEach(result -> found.add(result.at("/partialFingerprints/policyctl~1v1").asText()));
    return found;
  }

  @Test
  void fingerprintsAreDistinct() throws IOException {
    List<String> fingerprints = fingerprints(sample(true));
    assertEquals(fingerprints.size(), new HashSet<>(fingerprints).size());
  }

  @Test
  void fingerprintsOfAWholeReportStayWhenLinesMove() throws IOException {
    List<Finding> findings = SampleRun.results(false).get(3).findings();
    assertTrue(findings.size() > 3);
    StringBuilder out = new StringBuilder();
    Report report = new SarifReport(out, Run.UNTOLD);
    for (int lines : List.of(0, 7)) {
      List<Finding> moved = findings.stream().map(finding -> moved(finding, lines)).toList();
      report.file(new FileResult("a.conf", 1, 1, 0, moved, List.of(), List.of(), List.of()));
      // Another file in between, so that the second time counts from its beginning.
      report.file(SampleRun.results(false).get(4));
    }
    report.finish(Summary.EMPTY, 1);
    List<String> all = fingerprints(MAPPER.readTree(out.toString()));
    int half = all.size() / 2;
    assertEquals(all.subList(0, half), all.subList(half, all.size()));
  }

  private static Finding moved(Finding finding, int by) {
    Location at = finding.at();
    return new Finding(
        new Location(
            at.path(), at.line() + by, at.column() + by, at.endLine() + by, at.endColumn() + by),
        finding.excerpt(),
        finding.format(),
        finding.guest(),
        finding.subject(),
        finding.section(),
        finding.host(),
        finding.policy(),
        finding.severity(),
        finding.verdict(),
        finding.message(),
        finding.because(),
        finding.undecided(),
        finding.missing(),
        finding.help(),
        finding.fixes());
  }

  @Test
  void snippetsAreWhatTheRegionNames() throws IOException {
    int told = 0;
    for (JsonNode result : sample(false).at("/runs/0/results")) {
      JsonNode place = result.at("/locations/0/physicalLocation");
      String line = place.at("/contextRegion/snippet/text").asText();
      int[] points = line.codePoints().toArray();
      int from = place.at("/region/startColumn").asInt() - 1;
      int to = place.at("/region/endColumn").asInt() - 1;
      assertEquals(
          new String(points, from, to - from), place.at("/region/snippet/text").asText(), line);
      told += points.length == line.length() ? 0 : 1;
    }
    assertEquals(1, told, "a line beyond the first plane");
  }

  /** GitHub's code scanning takes 1024 characters; Azure DevOps wants the program's full name. */
  @Test
  void hasWhatServicesAskFor() throws IOException {
    JsonNode run = sample(false).at("/runs/0");
    assertEquals("policyctl 1.2.3", run.at("/tool/driver/fullName").asText());
    for (JsonNode rule : run.at("/tool/driver/rules")) {
      String description = rule.at("/fullDescription/text").asText();
      assertTrue(description.length() <= 1024, rule.path("id").asText());
      assertFalse(description.isBlank(), rule.path("id").asText());
      assertTrue(rule.at("/help/text").asText().contains(description), rule.path("id").asText());
    }
  }

  @Test
  void fingerprintsStayWhenLinesMove() {
    String hazard = "scsi0: tank:100/vm-100-disk-0.raw,cache=none\n";
    Finding before = SampleRun.lint("100.conf", hazard).findings().get(0);
    Finding after = SampleRun.lint("100.conf", "# new\nname: shop\n" + hazard).findings().get(0);
    assertEquals(before.at().line() + 2, after.at().line());
    assertEquals(new Fingerprints().of(before), new Fingerprints().of(after));
    Finding elsewhere = SampleRun.lint("101.conf", hazard).findings().get(0);
    assertNotEquals(new Fingerprints().of(before), new Fingerprints().of(elsewhere));
  }

  @Test
  void pathsAreRelativeUris() throws IOException {
    Set<URI> uris = new HashSet<>();
    for (JsonNode result : sample(false).at("/runs/0/results")) {
      JsonNode artifact = result.at("/locations/0/physicalLocation/artifactLocation");
      uris.add(URI.create(artifact.path("uri").asText()));
      assertEquals("%SRCROOT%", artifact.path("uriBaseId").asText());
    }
    URI hostile = uris.stream().filter(uri -> uri.getPath().contains("]]>")).findAny().get();
    assertEquals(SampleRun.HOSTILE_PATH.substring(2), hostile.getPath());
    assertFalse(hostile.isAbsolute());
  }

  @Test
  void absolutePathsAreFileUris() {
    assertEquals("file:///etc/pve/a%20b.conf", ReportPath.uri("/etc/pve/a b.conf"));
  }

  @Test
  void problemsAreNotificationsOfARunThatDidNotSucceed() throws IOException {
    JsonNode invocation = sample(false).at("/runs/0/invocations/0");
    assertFalse(invocation.path("executionSuccessful").asBoolean());
    assertEquals(SampleRun.EXIT_CODE, invocation.path("exitCode").asInt());
    assertEquals(3, invocation.path("toolExecutionNotifications").size());
  }
}
