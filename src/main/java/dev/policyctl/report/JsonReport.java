package dev.policyctl.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.policyctl.exception.Suppression;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.lint.SuppressedFinding;
import dev.policyctl.model.Missing;
import dev.policyctl.policy.Finding;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One JSON object, {@code policyctl.dev/lint/v1}; findings are written while they come in. */
final class JsonReport implements Report {
  private final JsonGenerator json;
  private final boolean verbose;
  private final List<Problem> problems = new ArrayList<>();

  JsonReport(Appendable out, boolean verbose) throws IOException {
    this.verbose = verbose;
    json = JsonOutput.generator(out);
    json.writeStartObject();
    json.writeStringField("schema", "policyctl.dev/lint/v1");
    json.writeArrayFieldStart("findings");
  }

  @Override
  public void file(FileResult result) throws IOException {
    problems.addAll(result.problems());
    for (Finding finding : result.findings()) {
      write(finding, Optional.empty());
    }
    if (verbose) {
      for (SuppressedFinding one : result.suppressed()) {
        write(one.finding(), Optional.of(one.by()));
      }
    }
  }

  private void write(Finding finding, Optional<Suppression> by) throws IOException {
    json.writeStartObject();
    place(finding.at());
    json.writeStringField("format", finding.format());
    json.writeStringField("guest", finding.guest());
    json.writeStringField(finding.guest().isEmpty() ? "storage" : "volume", finding.subject());
    json.writeStringField("section", finding.section());
    json.writeStringField("host", finding.host());
    json.writeStringField("policy", finding.policy());
    json.writeStringField("severity", finding.severity().word());
    json.writeStringField("verdict", finding.verdict().word());
    json.writeStringField("message", finding.message());
    JsonOutput.strings(json, "because", finding.because());
    JsonOutput.strings(json, "missing", missing(finding));
    json.writeStringField("help", finding.help());
    json.writeArrayFieldStart("fixes");
    for (Finding.ProposedFix fix : finding.fixes()) {
      write(fix);
    }
    json.writeEndArray();
    if (by.isPresent()) {
      write(by.get());
    }
    json.writeEndObject();
  }

  private void write(Suppression by) throws IOException {
    json.writeObjectFieldStart("suppressed");
    json.writeStringField("by", by.by().word());
    json.writeStringField("name", by.name());
    json.writeStringField("reason", by.reason());
    json.writeStringField("until", by.until());
    json.writeEndObject();
  }

  /** The facts that would decide, then the fields that are unknown because of them. */
  private static List<String> missing(Finding finding) {
    Set<String> fields = new LinkedHashSet<>();
    finding.missing().stream().map(Missing::field).forEach(fields::add);
    fields.addAll(finding.undecided());
    return List.copyOf(fields);
  }

  private void write(Finding.ProposedFix fix) throws IOException {
    json.writeStartObject();
    json.writeStringField("title", fix.title());
    json.writeStringField("safety", fix.safety().word());
    if (!fix.steps().isEmpty()) {
      JsonOutput.strings(json, "steps", fix.steps());
    }
    if (!fix.refused().isEmpty()) {
      json.writeStringField("refused", fix.refused());
    }
    json.writeArrayFieldStart("edits");
    for (Finding.PlacedEdit edit : fix.edits()) {
      json.writeStartObject();
      place(edit.at());
      json.writeStringField("text", edit.edit().replacement());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  @Override
  public void finish(Summary summary, int exitCode) throws IOException {
    json.writeEndArray();
    JsonOutput.problems(json, problems);
    json.writeObjectFieldStart("summary");
    json.writeNumberField("files", summary.files());
    json.writeNumberField("guests", summary.guests());
    json.writeNumberField("volumes", summary.volumes());
    json.writeNumberField("pass", summary.pass());
    json.writeNumberField("fail", summary.fail());
    json.writeNumberField("unknown", summary.unknown());
    json.writeNumberField("suppressed", summary.suppressed());
    json.writeEndObject();
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }

  private void place(Location at) throws IOException {
    json.writeStringField("path", at.path());
    json.writeNumberField("line", at.line());
    json.writeNumberField("column", at.column());
    json.writeNumberField("endLine", at.endLine());
    json.writeNumberField("endColumn", at.endColumn());
  }
}
