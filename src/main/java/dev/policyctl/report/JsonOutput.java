package dev.policyctl.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;

/** What our JSON reports have in common. */
final class JsonOutput {
  private JsonOutput() {}

  static JsonGenerator generator(Appendable out) throws IOException {
    JsonGenerator json = new JsonFactory().createGenerator(writer(out));
    json.setPrettyPrinter(
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
    return json;
  }

  private static Writer writer(Appendable out) {
    return out instanceof Writer writer ? writer : new AppendableWriter(out);
  }

  static void strings(JsonGenerator json, String name, Collection<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  static void problems(JsonGenerator json, Collection<Problem> problems) throws IOException {
    json.writeArrayFieldStart("problems");
    for (Problem problem : problems) {
      json.writeStartObject();
      json.writeStringField("path", problem.at().path());
      json.writeNumberField("line", problem.at().line());
      json.writeNumberField("column", problem.at().column());
      json.writeStringField("severity", problem.severity().word());
      json.writeStringField("message", problem.message());
      json.writeStringField("help", problem.help());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
