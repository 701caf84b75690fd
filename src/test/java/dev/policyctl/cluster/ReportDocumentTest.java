package dev.policyctl.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.policyctl.lint.FileResult;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Location;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A report stays below what the API server stores, whatever its object is like. */
class ReportDocumentTest {
  /** Of an object in etcd, as it is set up by default. */
  private static final int MAX_STORED = 1_500_000;

  private static final ClusterScan.Subject SUBJECT =
      new ClusterScan.Subject("kubevirt.io/v1", "VirtualMachine", "vms", "large", "u-i-d");

  private static Finding finding(int number, Verdict verdict, String text) {
    return new Finding(
        Location.ofFile("VirtualMachine vms/large"),
        "",
        "kubevirt",
        "vms/large",
        "d" + number + text,
        "current",
        "worker1",
        "some-policy",
        Severity.ERROR,
        verdict,
        "message" + text,
        List.of("reason" + text),
        List.of(),
        List.of(),
        "help" + text,
        List.of());
  }

  private static JsonNode report(List<Finding> findings) {
    FileResult result = new FileResult("large", 1, 1, 7, findings, List.of(), List.of(), List.of());
    return ReportDocument.of(
        new ClusterScan.Scanned(SUBJECT, result), ReportApi.OPENREPORTS, Instant.EPOCH);
  }

  @Test
  void aHundredResultsAreToldOfAndAllAreCounted() {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < 140; i++) {
      findings.add(finding(i, Verdict.UNKNOWN, ""));
    }
    for (int i = 140; i < 150; i++) {
      findings.add(finding(i, Verdict.FAIL, ""));
    }
    JsonNode report = report(findings);
    assertEquals(100, report.path("results").size());
    assertEquals(
        "{\"pass\":7,\"fail\":10,\"warn\":0,\"error\":0,\"skip\":140}",
        report.path("summary").toString());
    for (int i = 0; i < 10; i++) {
      assertEquals("fail", report.path("results").get(i).path("result").asText());
    }
    assertEquals("skip", report.path("results").get(10).path("result").asText());
  }

  @Test
  void textsOfAnyLengthFitIntoTheStore() {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      findings.add(finding(i, Verdict.FAIL, "\ud83d\udcbe".repeat(100_000)));
    }
    JsonNode report = report(findings);
    int bytes = report.toString().getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < MAX_STORED, bytes + " bytes");
    String message = report.at("/results/0/message").asText();
    assertTrue(message.startsWith("message\ud83d\udcbe"), message);
    assertTrue(message.endsWith("\ud83d\udcbe…"), message);
  }
}
