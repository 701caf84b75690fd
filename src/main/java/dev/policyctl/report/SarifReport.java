package dev.policyctl.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.lint.SuppressedFinding;
import dev.policyctl.policy.Finding;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * SARIF 2.1.0: a rule for each policy, a result for each finding, a notification for each problem.
 * Results are written while they come in; what is not known is {@code open}, and what is accepted a
 * result with a suppression.
 */
final class SarifReport implements Report {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  // A failure of a definition is a success of the run that found it.
  private static final Set<Integer> JUDGED_ALL = Set.of(0, 1, 3);

  private final JsonGenerator json;
  private final SarifResults results;
  private final List<Problem> problems = new ArrayList<>();

  SarifReport(Appendable out, Run run) throws IOException {
    json = JsonOutput.generator(out);
    results = new SarifResults(json, run.policies());
    json.writeStartObject();
    json.writeStringField("$schema", SCHEMA);
    json.writeStringField("version", "2.1.0");
    json.writeArrayFieldStart("runs");
    json.writeStartObject();
    new SarifRules(json).tool(run);
    json.writeStringField("columnKind", "unicodeCodePoints");
    base();
    json.writeArrayFieldStart("results");
  }

  /** Relative paths are told without where they start, so that one report fits every checkout. */
  private void base() throws IOException {
    json.writeObjectFieldStart("originalUriBaseIds");
    json.writeObjectFieldStart(SarifPlaces.BASE);
    SarifPlaces.text(json, "description", "The directory in which policyctl was started.");
    json.writeEndObject();
    json.writeEndObject();
  }

  @Override
  public void file(FileResult result) throws IOException {
    problems.addAll(result.problems());
    for (Finding finding : result.findings()) {
      results.write(finding, Optional.empty());
    }
    for (SuppressedFinding one : result.suppressed()) {
      results.write(one.finding(), Optional.of(one.by()));
    }
  }

  @Override
  public void finish(Summary summary, int exitCode) throws IOException {
    json.writeEndArray();
    json.writeArrayFieldStart("invocations");
    json.writeStartObject();
    json.writeBooleanField("executionSuccessful", JUDGED_ALL.contains(exitCode));
    json.writeNumberField("exitCode", exitCode);
    notifications();
    json.writeEndObject();
    json.writeEndArray();
    counts(summary);
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }

  private void notifications() throws IOException {
    json.writeArrayFieldStart("toolExecutionNotifications");
    for (Problem problem : problems) {
      json.writeStartObject();
      json.writeStringField("level", problem.severity().word());
      String help = problem.help().isEmpty() ? "" : "\nhelp: " + problem.help();
      SarifPlaces.text(json, "message", problem.message() + help);
      json.writeArrayFieldStart("locations");
      json.writeStartObject();
      SarifPlaces.physical(json, problem.at(), problem.excerpt());
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void counts(Summary summary) throws IOException {
    json.writeObjectFieldStart("properties");
    json.writeNumberField("files", summary.files());
    json.writeNumberField("guests", summary.guests());
    json.writeNumberField("volumes", summary.volumes());
    json.writeNumberField("pass", summary.pass());
    json.writeNumberField("suppressed", summary.suppressed());
    json.writeEndObject();
  }
}
