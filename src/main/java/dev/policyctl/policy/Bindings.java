package dev.policyctl.policy;

import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelAttributePattern;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.PartialVars;
import dev.cel.runtime.Program;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One subject's values as CEL is given them: the known ones in maps, the unknown ones as attribute
 * patterns. Every root that the target sees is bound, for an unbound one would silently be unknown.
 */
final class Bindings {
  private static final String ERROR_PREFIX = "evaluation error";

  private final Map<String, Map<String, Object>> roots = new HashMap<>();
  private final Map<String, Object> variables = new HashMap<>();
  private final List<CelAttributePattern> unknown = new ArrayList<>();
  private final Map<String, Set<Field<?>>> behind = new HashMap<>();
  private Optional<String> variableError = Optional.empty();

  /** What an expression comes to. */
  sealed interface Outcome {
    record Value(Object value) implements Outcome {}

    record Unknown(Set<Field<?>> fields) implements Outcome {}

    record Failed(String text) implements Outcome {}
  }

  /**
   * @param fields all that will be read
   */
  Bindings(Target target, Values values, Set<Field<?>> fields) {
    for (Field.Scope scope : Field.Scope.values()) {
      if (target.sees(scope)) {
        roots.put(scope.word(), new HashMap<>());
      }
    }
    roots.put(CelModel.VARIABLES, variables);
    for (Field<?> field : fields) {
      Map<String, Object> group = group(field);
      Fact<?> fact = values.get(field);
      if (fact instanceof Fact.Known<?> known) {
        String name = field.name();
        group.put(name.substring(name.lastIndexOf('.') + 1), known.value());
      } else {
        unknown.add(CelAttributePattern.fromQualifiedIdentifier(field.path()));
      }
    }
  }

  /** The map that the field stands in. It has to exist for an unknown field, too. */
  @SuppressWarnings("unchecked") // Only this method puts maps where a field has a dot.
  private Map<String, Object> group(Field<?> field) {
    Map<String, Object> map = roots.get(field.scope().word());
    String rest = field.name();
    for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
      map =
          (Map<String, Object>)
              map.computeIfAbsent(rest.substring(0, dot), key -> new HashMap<String, Object>());
      rest = rest.substring(dot + 1);
    }
    return map;
  }

  /**
   * Evaluates a variable, for the expressions after it to see. One that fails stays unbound, so
   * that it does no harm where its value does not matter.
   */
  void define(String name, Program program) {
    Outcome outcome = evaluate(program);
    if (outcome instanceof Outcome.Value known) {
      variables.put(name, known.value());
    } else if (outcome instanceof Outcome.Unknown lacking) {
      behind.put(CelModel.VARIABLES + "." + name, lacking.fields());
      unknown.add(CelAttributePattern.fromQualifiedIdentifier(CelModel.VARIABLES + "." + name));
    } else if (outcome instanceof Outcome.Failed failed && variableError.isEmpty()) {
      variableError = Optional.of("`variables." + name + "`: " + failed.text());
    }
  }

  Outcome evaluate(Program program) {
    try {
      Object value =
          program.eval(PartialVars.of(roots, unknown.toArray(CelAttributePattern[]::new)));
      return value instanceof CelUnknownSet set
          ? new Outcome.Unknown(fields(set))
          : new Outcome.Value(value);
    } catch (CelEvaluationException e) {
      return new Outcome.Failed(variableError.orElseGet(() -> text(e)));
    }
  }

  private Set<Field<?>> fields(CelUnknownSet set) {
    Set<Field<?>> fields = new LinkedHashSet<>();
    for (CelAttribute attribute : set.attributes()) {
      String path = attribute.toString();
      Field.byPath(path).ifPresent(fields::add);
      fields.addAll(behind.getOrDefault(path, Set.of()));
    }
    return fields;
  }

  /** CEL's text without its own position, which is one in the expression. */
  private static String text(CelEvaluationException e) {
    String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    int end = text.startsWith(ERROR_PREFIX) ? text.indexOf(": ") : -1;
    return end < 0 ? text : text.substring(end + 2);
  }
}
