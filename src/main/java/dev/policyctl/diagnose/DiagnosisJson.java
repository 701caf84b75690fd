package dev.policyctl.diagnose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.policyctl.diagnose.Conclusion.Step;
import dev.policyctl.model.Missing;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A diagnosis for a program. */
public final class DiagnosisJson {
  private static final String SCHEMA = "policyctl.dev/diagnose/v1";
  private static final JsonFactory JSON = new JsonFactory();

  private DiagnosisJson() {}

  public static void write(Diagnosis diagnosis, Appendable out) throws IOException {
    Writer text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("schema", SCHEMA);
      json.writeArrayFieldStart("files");
      for (DamagedFile file : diagnosis.files()) {
        file(file, json);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("conclusions");
      for (Conclusion conclusion : diagnosis.conclusions()) {
        json.writeStartObject();
        conclusion(conclusion, json);
        json.writeEndObject();
      }
      json.writeEndArray();
      devices(diagnosis.devices(), json);
      scrubs(diagnosis.scrubs(), json);
      summary(diagnosis, json);
      json.writeEndObject();
    }
    out.append(text.toString()).append('\n');
  }

  private static void file(DamagedFile file, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("device", file.device());
    number("root", file.root(), json);
    number("inode", file.inode(), json);
    strings("paths", file.paths(), json);
    json.writeObjectFieldStart("seen");
    json.writeStringField("path", file.firstSeen().path());
    json.writeNumberField("line", file.firstSeen().line());
    json.writeNumberField("column", file.firstSeen().column());
    json.writeEndObject();
    damage(file.damage(), json);
    json.writeArrayFieldStart("guests");
    for (KnownImage owner : file.owners()) {
      json.writeStartObject();
      json.writeStringField("path", owner.definitionPath());
      json.writeStringField("format", owner.format());
      json.writeStringField("guest", owner.guest());
      json.writeStringField("volume", owner.volume());
      json.writeStringField("section", owner.section());
      json.writeStringField("image", owner.path());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("explanation", file.explanation().word());
    conclusion(file.conclusion(), json);
    json.writeEndObject();
  }

  private static void damage(Damage damage, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("damage");
    json.writeNumberField("blocks", damage.blocks());
    json.writeBooleanField("atLeast", damage.atLeast());
    json.writeNumberField("repaired", damage.repaired());
    json.writeNumberField("lost", damage.lost());
    json.writeNumberField("readErrors", damage.readErrors());
    number("firstOffset", damage.firstOffset(), json);
    number("lastOffset", damage.lastOffset(), json);
    json.writeArrayFieldStart("mirrors");
    for (long mirror : damage.mirrors()) {
      json.writeNumber(mirror);
    }
    json.writeEndArray();
    json.writeBooleanField("directSeen", damage.directSeen());
    json.writeEndObject();
  }

  private static void conclusion(Conclusion conclusion, JsonGenerator json) throws IOException {
    json.writeStringField("severity", conclusion.weight().word());
    json.writeStringField("message", conclusion.message());
    strings("because", conclusion.because(), json);
    json.writeArrayFieldStart("missing");
    for (Missing missing : conclusion.missing()) {
      json.writeStartObject();
      json.writeStringField("field", missing.field());
      json.writeStringField("of", missing.of());
      json.writeStringField("help", missing.help());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("help", conclusion.help());
    json.writeArrayFieldStart("steps");
    for (Step step : conclusion.steps()) {
      json.writeStartObject();
      json.writeStringField("what", step.what());
      json.writeStringField("command", step.command());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void devices(List<DeviceErrors> devices, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("devices");
    for (DeviceErrors device : devices) {
      json.writeStartObject();
      json.writeStringField("name", device.name());
      json.writeNumberField("write", device.write());
      json.writeNumberField("read", device.read());
      json.writeNumberField("flush", device.flush());
      json.writeNumberField("corruption", device.corruption());
      json.writeNumberField("generation", device.generation());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void scrubs(List<ScrubRun> scrubs, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("scrubs");
    for (ScrubRun run : scrubs) {
      json.writeStartObject();
      json.writeStringField("uuid", run.uuid());
      json.writeStringField("device", run.device());
      json.writeStringField("started", run.started());
      json.writeStringField("status", run.status());
      json.writeObjectFieldStart("counts");
      for (Map.Entry<String, Long> count : run.counts().entrySet()) {
        json.writeNumberField(count.getKey(), count.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void summary(Diagnosis diagnosis, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("summary");
    json.writeNumberField("lines", diagnosis.lines());
    json.writeNumberField("understood", diagnosis.understood());
    json.writeNumberField("files", diagnosis.files().size());
    for (Explanation explanation : Explanation.values()) {
      json.writeNumberField(explanation.word(), diagnosis.count(explanation));
    }
    json.writeEndObject();
  }

  private static void number(String name, OptionalLong value, JsonGenerator json)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    } else {
      json.writeNullField(name);
    }
  }

  private static void strings(String name, List<String> values, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
