package dev.policyctl.policy;

import dev.policyctl.model.Field;
import dev.policyctl.policy.CheckedPolicy.Checked;
import dev.policyctl.policy.CheckedPolicy.CheckedValidation;
import dev.policyctl.source.Location;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import dev.policyctl.yaml.ScalarText;
import dev.policyctl.yaml.YamlNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one policy of an archive. */
final class PolicyArchiveReader {
  private final DataInputStream in;
  private final SourceText source;

  PolicyArchiveReader(DataInputStream in) throws IOException {
    this.in = in;
    this.source = SourceText.of(text(), text());
  }

  private interface Item<T> {
    T read() throws IOException;
  }

  private record NamedExpression(Policy.Named named, Checked checked) {}

  private record Validation(Policy.Validation validation, CheckedValidation checked) {}

  private record Fix(Policy.Fix fix, Optional<Checked> when) {}

  CheckedPolicy read() throws IOException {
    String name = text();
    String title = text();
    Severity severity = word(Severity.class);
    String description = text();
    List<String> references = list(this::text);
    Target target = word(Target.class);
    List<NamedExpression> matchConditions = list(this::named);
    List<NamedExpression> variables = list(this::named);
    List<Validation> validations = list(this::validation);
    List<Fix> fixes = list(this::fix);
    Policy policy =
        new Policy(
            name,
            title,
            severity,
            description,
            references,
            target,
            matchConditions.stream().map(NamedExpression::named).toList(),
            variables.stream().map(NamedExpression::named).toList(),
            validations.stream().map(Validation::validation).toList(),
            fixes.stream().map(Fix::fix).toList(),
            optional(this::template),
            new Admission(word(Admission.Action.class), word(Admission.Action.class)),
            location());
    return new CheckedPolicy(
        policy,
        matchConditions.stream().map(NamedExpression::checked).toList(),
        variables.stream().map(NamedExpression::checked).toList(),
        validations.stream().map(Validation::checked).toList(),
        fixes.stream().map(Fix::when).toList());
  }

  private Location location() throws IOException {
    return new Location(source.path(), in.readInt(), in.readInt(), in.readInt(), in.readInt());
  }

  private NamedExpression named() throws IOException {
    String name = text();
    Checked checked = checked();
    return new NamedExpression(new Policy.Named(name, checked.expression()), checked);
  }

  private Validation validation() throws IOException {
    Checked condition = checked();
    String message = text();
    Optional<Checked> better = optional(this::checked);
    return new Validation(
        new Policy.Validation(condition.expression(), message, better.map(Checked::expression)),
        new CheckedValidation(condition, better));
  }

  private Checked checked() throws IOException {
    String where = text();
    YamlNode.Scalar scalar =
        new YamlNode.Scalar(text(), word(YamlNode.Tag.class), new Span(in.readInt(), in.readInt()));
    return new Checked(
        new Expression(where, new ScalarText(source, scalar)), new TreeReader(in).read());
  }

  private Fix fix() throws IOException {
    String title = text();
    Safety safety = word(Safety.class);
    Optional<Checked> when = optional(this::checked);
    Map<Field<?>, Object> set = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      Field<?> field = Field.byPath(text()).orElseThrow();
      set.put(field, value(field));
    }
    List<Template> steps = list(this::template);
    return new Fix(new Policy.Fix(title, safety, when.map(Checked::expression), set, steps), when);
  }

  private Object value(Field<?> field) throws IOException {
    return switch (field.type()) {
      case STRING -> text();
      case BOOLEAN -> in.readBoolean();
      case LIST -> list(this::text);
    };
  }

  private Template template() throws IOException {
    return Template.parse(text());
  }

  private <E extends Enum<E>> E word(Class<E> type) throws IOException {
    return Enum.valueOf(type, text());
  }

  private String text() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private byte[] bytes() throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  private <T> Optional<T> optional(Item<T> item) throws IOException {
    return in.readBoolean() ? Optional.of(item.read()) : Optional.empty();
  }

  private <T> List<T> list(Item<T> item) throws IOException {
    int size = in.readInt();
    List<T> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(item.read());
    }
    return items;
  }
}
