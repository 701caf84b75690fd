package dev.policyctl.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.cluster.ClusterScan.Scanned;
import dev.policyctl.cluster.ClusterScan.Subject;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The report on one object: it belongs to the object, and goes with it. */
final class ReportDocument {
  static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  static final String OURS = "policyctl";
  static final String DIGEST = "policyctl.dev/digest";

  /** Together with the lengths of their texts less than etcd takes, whatever the object says. */
  private static final int MAX_RESULTS = 100;

  private static final int MAX_TEXT = 1000;
  private static final int MAX_NAME = 250;

  private ReportDocument() {}

  static String nameFor(Subject subject) {
    return OURS + "-" + subject.uid();
  }

  /**
   * @param at when it was judged
   */
  static ObjectNode of(Scanned scanned, ReportApi api, Instant at) {
    Subject subject = scanned.subject();
    boolean isNamespaced = !subject.namespace().isEmpty();
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("apiVersion", api.apiVersion()).put("kind", api.kind(isNamespaced));
    ObjectNode metadata = report.putObject("metadata").put("name", nameFor(subject));
    if (isNamespaced) {
      metadata.put("namespace", subject.namespace());
    }
    metadata.putObject("labels").put(MANAGED_BY, OURS);
    metadata.putObject("annotations").put(DIGEST, digest(scanned));
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", subject.apiVersion())
        .put("kind", subject.kind())
        .put("name", subject.name())
        .put("uid", subject.uid());
    scope(report.putObject("scope"), subject);
    if (api == ReportApi.OPENREPORTS) {
      report.put("source", OURS);
    }
    List<Finding> findings = scanned.result().findings();
    summary(report.putObject("summary"), findings, scanned.result().passes());
    ArrayNode results = report.putArray("results");
    findings.stream()
        .sorted(Comparator.comparing(ReportDocument::isUnknown))
        .limit(MAX_RESULTS)
        .forEach(it -> result(results.addObject(), it, at));
    return report;
  }

  private static void scope(ObjectNode scope, Subject subject) {
    scope
        .put("apiVersion", subject.apiVersion())
        .put("kind", subject.kind())
        .put("name", subject.name())
        .put("uid", subject.uid());
    if (!subject.namespace().isEmpty()) {
      scope.put("namespace", subject.namespace());
    }
  }

  private static void summary(ObjectNode summary, List<Finding> findings, int passes) {
    summary
        .put("pass", passes)
        .put("fail", count(findings, "fail"))
        .put("warn", count(findings, "warn"))
        .put("error", 0)
        .put("skip", count(findings, "skip"));
  }

  private static long count(List<Finding> findings, String word) {
    return findings.stream().filter(finding -> word(finding).equals(word)).count();
  }

  /** The API has no word for what is not known: it is told as skipped, and in the properties. */
  private static String word(Finding finding) {
    if (isUnknown(finding)) {
      return "skip";
    }
    return finding.severity() == Severity.ERROR ? "fail" : "warn";
  }

  private static boolean isUnknown(Finding finding) {
    return finding.verdict() == Verdict.UNKNOWN;
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean isSplit = Character.isLowSurrogate(text.charAt(length));
    return text.substring(0, isSplit ? length - 1 : length) + "…";
  }

  private static void result(ObjectNode result, Finding finding, Instant at) {
    result
        .put("source", OURS)
        .put("policy", finding.policy())
        .put("result", word(finding))
        .put("severity", severity(finding.severity()))
        .put("scored", !isUnknown(finding))
        .put("message", cut(finding.message(), MAX_TEXT));
    result.putObject("timestamp").put("seconds", at.getEpochSecond()).put("nanos", 0);
    ObjectNode properties = result.putObject("properties");
    properties.put("verdict", finding.verdict().word());
    properties.put("subject", cut(finding.subject(), MAX_NAME));
    if (!finding.host().isEmpty()) {
      properties.put("host", finding.host());
    }
    if (!finding.because().isEmpty()) {
      properties.put("because", cut(String.join("; ", finding.because()), MAX_TEXT));
    }
    if (!finding.help().isEmpty()) {
      properties.put("help", cut(finding.help(), MAX_TEXT));
    }
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case ERROR -> "high";
      case WARNING -> "medium";
      case INFO -> "low";
    };
  }

  /** Of what is reported, without the time: an equal report is not written again. */
  static String digest(Scanned scanned) {
    StringBuilder text = new StringBuilder();
    text.append(scanned.result().passes());
    for (Finding finding : scanned.result().findings()) {
      text.append('\n')
          .append(finding.policy())
          .append(finding.verdict())
          .append(finding.severity())
          .append(finding.subject())
          .append(finding.host())
          .append(finding.message())
          .append(finding.because())
          .append(finding.help());
    }
    return Digest.of(text.toString());
  }
}
