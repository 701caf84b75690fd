package dev.policyctl.policy;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Values;
import dev.policyctl.source.SourceText;
import java.util.Arrays;
import java.util.List;

/** Subjects of judgement written as lines, and policies written as texts. */
final class Subjects {
  private Subjects() {}

  /**
   * Values of everything that the target sees: false, empty, or as said.
   *
   * @param said {@code storage.checksums=true volume.cache=none storage.profiles=a,b
   *     volume.io.direct=?}; a question mark is unknown
   */
  static Values of(Target target, String said) {
    Values.Builder values = Values.builder();
    Field.all().stream().filter(target::sees).forEach(field -> set(values, field, ""));
    for (String assignment :
        said.isBlank() ? List.<String>of() : List.of(said.strip().split("\\s+"))) {
      int equals = assignment.indexOf('=');
      Field<?> field = Field.byPath(assignment.substring(0, equals)).orElseThrow();
      set(values, field, assignment.substring(equals + 1));
    }
    return values.build();
  }

  @SuppressWarnings("unchecked") // The value is made for the field's type.
  private static <T> void set(Values.Builder values, Field<T> field, String text) {
    Object value =
        switch (field.type()) {
          case STRING -> text;
          case BOOLEAN -> Boolean.parseBoolean(text);
          case LIST -> text.isEmpty() ? List.of() : Arrays.asList(text.split(","));
        };
    values.set(
        field,
        text.equals("?")
            ? Fact.unknown(new Missing(field.path(), "test", "say it"))
            : Fact.known((T) value));
  }

  static Policy policy(String spec) {
    String text =
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: StoragePolicy
        metadata: {name: sample}
        spec:
        """
            + spec.indent(2);
    PolicyReader.Result result = PolicyReader.read(SourceText.of("sample.yaml", text));
    if (!result.problems().isEmpty()) {
      throw new IllegalArgumentException(result.problems().toString());
    }
    return result.policies().get(0);
  }

  static CompiledPolicy compiled(String spec) {
    PolicyCompiler.Result result = new PolicyCompiler().compile(policy(spec));
    return new CompiledPolicy(
        result.policy().orElseThrow(() -> new AssertionError(result.problems().toString())));
  }

  /** {@code pass}, {@code fail}, {@code unknown: storage.cow volume.io.direct} or {@code error}. */
  static String words(Judgement judgement) {
    if (judgement instanceof Judgement.Pass) {
      return "pass";
    }
    if (judgement instanceof Judgement.Fail) {
      return "fail";
    }
    return judgement instanceof Judgement.Unknown unknown
        ? "unknown: " + String.join(" ", unknown.undecided().stream().map(Field::path).toList())
        : "error";
  }
}
