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
import dev.policyctl.policy.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashSet;
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
  void fingerprintsAreDistinct() throws IOException {
    JsonNode results = sample(true).at("/runs/0/results");
    Set<String> seen = new HashSet<>();
    results.forEach(
        result -> assertTrue(seen.add(result.at("/partialFingerprints/policyctl~1v1").asText())));
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
