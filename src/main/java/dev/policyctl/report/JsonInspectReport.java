package dev.policyctl.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.policyctl.lint.Inspector.Inspection;
import dev.policyctl.lint.Inspector.Resolved;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One JSON object, {@code policyctl.dev/inspect/v1}; null means unknown. */
final class JsonInspectReport implements InspectReport {
  private final JsonGenerator json;
  private final List<Problem> problems = new ArrayList<>();

  JsonInspectReport(Appendable out) throws IOException {
    json = JsonOutput.generator(out);
    json.writeStartObject();
    json.writeStringField("schema", "policyctl.dev/inspect/v1");
    json.writeArrayFieldStart("subjects");
  }

  @Override
  public void file(Inspection inspection) throws IOException {
    problems.addAll(inspection.problems());
    for (Resolved subject : inspection.subjects()) {
      write(inspection.path(), subject);
    }
  }

  private void write(String path, Resolved subject) throws IOException {
    json.writeStartObject();
    json.writeStringField("path", path);
    json.writeStringField("format", subject.format());
    json.writeStringField("id", subject.id());
    if (subject.isGuest()) {
      value("name", subject.own().get(Field.GUEST_NAME));
    }
    value(
        "host",
        subject.isGuest()
            ? subject.own().get(Field.GUEST_HOST)
            : subject.own().get(Field.HOST_NAME));
    value("kernel", subject.own().get(Field.HOST_KERNEL));
    value("zfs", subject.own().get(Field.HOST_ZFS));
    if (subject.isGuest()) {
      value("bypasses", subject.own().get(Field.GUEST_BYPASSES));
      volumes(subject.volumes());
    } else {
      storage(subject.own());
      unknown(subject.own(), Field.Scope.STORAGE);
    }
    json.writeEndObject();
  }

  private void volumes(List<Values> volumes) throws IOException {
    json.writeArrayFieldStart("volumes");
    for (Values volume : volumes) {
      json.writeStartObject();
      for (Field<?> field : Field.all()) {
        if (field.scope() == Field.Scope.VOLUME && !isIo(field)) {
          value(field.name(), volume.get(field));
        }
      }
      io(volume);
      storage(volume);
      unknown(volume, Field.Scope.VOLUME, Field.Scope.STORAGE);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static boolean isIo(Field<?> field) {
    return field.name().startsWith("io.");
  }

  private void io(Values volume) throws IOException {
    Set<String> reasons = new LinkedHashSet<>();
    json.writeObjectFieldStart("io");
    for (Field<?> field : Field.all()) {
      if (field.scope() == Field.Scope.VOLUME && isIo(field)) {
        value(field.name().substring("io.".length()), volume.get(field));
        reasons.addAll(volume.get(field).because());
      }
    }
    JsonOutput.strings(json, "because", reasons);
    json.writeEndObject();
  }

  private void storage(Values values) throws IOException {
    Set<String> reasons = new LinkedHashSet<>();
    json.writeObjectFieldStart("storage");
    for (Field<?> field : Field.all()) {
      if (field.scope() == Field.Scope.STORAGE) {
        value(field.name(), values.get(field));
        reasons.addAll(values.get(field).because());
      }
    }
    JsonOutput.strings(json, "because", reasons);
    json.writeEndObject();
  }

  private void unknown(Values values, Field.Scope... scopes) throws IOException {
    json.writeObjectFieldStart("unknown");
    for (Field<?> field : Field.all()) {
      if (List.of(scopes).contains(field.scope())
          && values.get(field).whatIsMissing().isPresent()) {
        json.writeStringField(field.path(), values.get(field).whatIsMissing().get().help());
      }
    }
    json.writeEndObject();
  }

  private void value(String name, Fact<?> fact) throws IOException {
    Object value = fact.ifKnown().map(Object.class::cast).orElse(null);
    if (value instanceof List<?> list) {
      JsonOutput.strings(json, name, list.stream().map(Object::toString).toList());
    } else if (value instanceof Boolean bool) {
      json.writeBooleanField(name, bool);
    } else if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value.toString());
    }
  }

  @Override
  public void finish() throws IOException {
    json.writeEndArray();
    JsonOutput.problems(json, problems);
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }
}
