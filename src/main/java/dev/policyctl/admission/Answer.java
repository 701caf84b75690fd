package dev.policyctl.admission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.policy.Finding;
import dev.policyctl.report.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The AdmissionReview that answers one. */
final class Answer {
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;
  private static final int MAX_ANNOTATED = 30;

  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final ObjectNode response;

  private Answer(Review review) {
    root.put("apiVersion", Review.API_VERSION).put("kind", Review.KIND);
    this.response = root.putObject("response").put("uid", review.uid());
  }

  static ObjectNode of(Review review, Outcome outcome) {
    Answer answer = new Answer(review);
    answer.response.put("allowed", outcome.isAllowed());
    if (!outcome.isAllowed()) {
      answer.status(FORBIDDEN, "Forbidden", Wording.refusal(outcome.denying()));
    }
    answer.warn(Wording.warnings(outcome));
    answer.annotate(outcome);
    return answer.root;
  }

  /** Admits the object as it was changed. */
  static ObjectNode of(Review review, Mutation.Changed changed) {
    Answer answer = new Answer(review);
    byte[] patch = changed.operations().toString().getBytes(StandardCharsets.UTF_8);
    answer
        .response
        .put("allowed", true)
        .put("patchType", "JSONPatch")
        .put("patch", Base64.getEncoder().encodeToString(patch));
    answer.warn(Wording.changes(changed.cured()));
    return answer.root;
  }

  /** Admits without a judgement, and says so. */
  static ObjectNode admitted(Review review, List<String> warnings) {
    Answer answer = new Answer(review);
    answer.response.put("allowed", true);
    answer.warn(warnings);
    return answer.root;
  }

  /** Refuses without a judgement: the sender may try again. */
  static ObjectNode refused(Review review, String message) {
    Answer answer = new Answer(review);
    answer.response.put("allowed", false);
    answer.status(UNAVAILABLE, "ServiceUnavailable", message);
    return answer.root;
  }

  private void status(int code, String reason, String message) {
    response.putObject("status").put("code", code).put("reason", reason).put("message", message);
  }

  private void warn(List<String> warnings) {
    if (!warnings.isEmpty()) {
      warnings.forEach(response.putArray("warnings")::add);
    }
  }

  /** For the cluster's audit log: what each policy found, by the policy's name. */
  private void annotate(Outcome outcome) {
    Map<String, Set<String>> byPolicy = new LinkedHashMap<>();
    List.of(outcome.denying(), outcome.warning(), outcome.recorded())
        .forEach(findings -> findings.forEach(finding -> add(byPolicy, finding)));
    if (!byPolicy.isEmpty()) {
      ObjectNode annotations = response.putObject("auditAnnotations");
      byPolicy.forEach((policy, found) -> annotations.put(policy, String.join(", ", found)));
    }
  }

  private static void add(Map<String, Set<String>> byPolicy, Finding finding) {
    Set<String> found = byPolicy.computeIfAbsent(finding.policy(), name -> new LinkedHashSet<>());
    if (found.size() < MAX_ANNOTATED) {
      String subject = Printable.line(finding.subject());
      found.add((finding.verdict().word() + " " + subject).strip());
    }
  }
}
