package dev.policyctl.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.policyctl.exception.Suppression;
import dev.policyctl.model.Missing;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Findings as results of SARIF. */
final class SarifResults {
  private final JsonGenerator json;
  private final Map<String, Integer> rules = new HashMap<>();
  private final Fingerprints fingerprints = new Fingerprints();

  /**
   * @param policies in the order of the rules
   */
  SarifResults(JsonGenerator json, List<Policy> policies) {
    this.json = json;
    for (int i = 0; i < policies.size(); i++) {
      rules.put(policies.get(i).name(), i);
    }
  }

  /**
   * @param by what keeps the finding from counting, if anything does
   */
  void write(Finding finding, Optional<Suppression> by) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", finding.policy());
    Integer index = rules.get(finding.policy());
    if (index != null) {
      json.writeNumberField("ruleIndex", index);
    }
    boolean fails = finding.verdict() == Verdict.FAIL;
    json.writeStringField("kind", kind(finding.verdict()));
    json.writeStringField("level", fails ? SarifRules.level(finding.severity()) : "none");
    SarifPlaces.text(json, "message", String.join("\n", Wording.lines(finding)));
    locations(finding);
    json.writeObjectFieldStart("partialFingerprints");
    json.writeStringField("policyctl/v1", fingerprints.of(finding));
    json.writeEndObject();
    fixes(finding);
    suppressions(by);
    properties(finding);
    json.writeEndObject();
  }

  private static String kind(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "pass";
      case FAIL -> "fail";
      case UNKNOWN -> "open";
    };
  }

  private void locations(Finding finding) throws IOException {
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    SarifPlaces.physical(json, finding.at(), finding.excerpt());
    json.writeArrayFieldStart("logicalLocations");
    if (!finding.guest().isEmpty()) {
      logical(finding.guest(), finding.guest());
    }
    if (!finding.subject().isEmpty()) {
      logical(finding.subject(), (finding.guest() + "/" + finding.subject()).replaceAll("^/", ""));
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private void logical(String name, String fullName) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("fullyQualifiedName", fullName);
    json.writeStringField("kind", "object");
    json.writeEndObject();
  }

  /** Also where there is none: without an array a reader does not know that somebody looked. */
  private void suppressions(Optional<Suppression> by) throws IOException {
    json.writeArrayFieldStart("suppressions");
    if (by.isPresent()) {
      write(by.get());
    }
    json.writeEndArray();
  }

  private void write(Suppression by) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", by.by() == Suppression.By.FILE ? "inSource" : "external");
    json.writeStringField("status", "accepted");
    json.writeStringField("justification", Wording.justification(by));
    json.writeObjectFieldStart("location");
    SarifPlaces.physical(json, by.at(), "");
    json.writeEndObject();
    json.writeObjectFieldStart("properties");
    json.writeStringField("by", by.by().word());
    json.writeStringField("name", by.name());
    json.writeStringField("until", by.until());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void fixes(Finding finding) throws IOException {
    List<Finding.ProposedFix> edited =
        finding.fixes().stream().filter(fix -> !fix.edits().isEmpty()).toList();
    if (edited.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("fixes");
    for (Finding.ProposedFix fix : edited) {
      json.writeStartObject();
      SarifPlaces.text(json, "description", fix.title() + " (" + fix.safety().word() + ")");
      json.writeArrayFieldStart("artifactChanges");
      change(finding.at().path(), fix);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void change(String path, Finding.ProposedFix fix) throws IOException {
    json.writeStartObject();
    SarifPlaces.artifact(json, path);
    json.writeArrayFieldStart("replacements");
    for (Finding.PlacedEdit edit : fix.edits()) {
      json.writeStartObject();
      SarifPlaces.region(json, "deletedRegion", edit.at());
      SarifPlaces.text(json, "insertedContent", edit.edit().replacement());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void properties(Finding finding) throws IOException {
    json.writeObjectFieldStart("properties");
    json.writeStringField("format", finding.format());
    json.writeStringField("section", finding.section());
    json.writeStringField("host", finding.host());
    if (finding.verdict() == Verdict.UNKNOWN) {
      Set<String> fields = new LinkedHashSet<>();
      finding.missing().stream().map(Missing::field).forEach(fields::add);
      fields.addAll(finding.undecided());
      JsonOutput.strings(json, "missing", fields);
    }
    json.writeEndObject();
  }
}
