package dev.policyctl.policy;

import dev.policyctl.model.Field;
import dev.policyctl.policy.CheckedPolicy.Checked;
import dev.policyctl.source.Location;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what {@link PolicyArchiveReader} reads, in the same order. */
final class PolicyArchiveWriter {
  private final DataOutputStream out;

  PolicyArchiveWriter(DataOutputStream out) {
    this.out = out;
  }

  private interface Item<T> {
    void write(T item) throws IOException;
  }

  void write(CheckedPolicy checked) throws IOException {
    Policy policy = checked.policy();
    source(policy.validations().get(0).expression().origin().source());
    text(policy.name());
    text(policy.title());
    word(policy.severity());
    text(policy.description());
    list(policy.references(), this::text);
    word(policy.target());
    named(policy.matchConditions(), checked.matchConditions());
    named(policy.variables(), checked.variables());
    out.writeInt(policy.validations().size());
    for (int i = 0; i < policy.validations().size(); i++) {
      CheckedPolicy.CheckedValidation validation = checked.validations().get(i);
      checked(validation.condition());
      text(policy.validations().get(i).message());
      optional(validation.message(), this::checked);
    }
    out.writeInt(policy.fixes().size());
    for (int i = 0; i < policy.fixes().size(); i++) {
      fix(policy.fixes().get(i), checked.whens().get(i));
    }
    optional(policy.help(), this::template);
    word(policy.admission().fail());
    word(policy.admission().unknown());
    location(policy.at());
  }

  private void source(SourceText source) throws IOException {
    text(source.path());
    text(source.text());
  }

  private void location(Location at) throws IOException {
    out.writeInt(at.line());
    out.writeInt(at.column());
    out.writeInt(at.endLine());
    out.writeInt(at.endColumn());
  }

  private void named(List<Policy.Named> named, List<Checked> checked) throws IOException {
    out.writeInt(named.size());
    for (int i = 0; i < named.size(); i++) {
      text(named.get(i).name());
      checked(checked.get(i));
    }
  }

  private void checked(Checked checked) throws IOException {
    Expression expression = checked.expression();
    Span span = expression.origin().scalar().span();
    text(expression.where());
    text(expression.text());
    word(expression.origin().scalar().tag());
    out.writeInt(span.start());
    out.writeInt(span.end());
    new TreeWriter(out).write(checked.ast());
  }

  private void fix(Policy.Fix fix, Optional<Checked> when) throws IOException {
    text(fix.title());
    word(fix.safety());
    optional(when, this::checked);
    out.writeInt(fix.set().size());
    for (Map.Entry<Field<?>, Object> entry : fix.set().entrySet()) {
      text(entry.getKey().path());
      value(entry.getKey(), entry.getValue());
    }
    list(fix.steps(), this::template);
  }

  private void value(Field<?> field, Object value) throws IOException {
    switch (field.type()) {
      case STRING -> text((String) value);
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case LIST -> {
        List<?> items = (List<?>) value;
        list(items, item -> text((String) item));
      }
    }
  }

  private void template(Template template) throws IOException {
    text(template.toString());
  }

  private void word(Enum<?> word) throws IOException {
    text(word.name());
  }

  private void text(String text) throws IOException {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private <T> void optional(Optional<T> value, Item<T> item) throws IOException {
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      item.write(value.get());
    }
  }

  private <T> void list(Collection<T> values, Item<T> item) throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      item.write(value);
    }
  }
}
