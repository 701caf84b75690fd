package dev.policyctl.policy;

import dev.cel.extensions.CelExtensions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import dev.policyctl.model.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * An expression that is ready to run.
 *
 * @param reads all fields that it reads, behind variables too, in the order of first reading
 * @param needs the variables that it reads, behind variables too, each after those that it needs
 *     itself
 */
record Condition(
    Expression expression, Program program, Set<Field<?>> reads, Map<String, Condition> needs) {
  private static final String VARIABLE_PREFIX = CelModel.VARIABLES + ".";
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder()
          .setOptions(CelModel.OPTIONS)
          .addLibraries(CelExtensions.strings())
          .build();

  /**
   * @param variables those that the expression may read
   */
  static Condition of(CheckedPolicy.Checked checked, Map<String, Condition> variables) {
    Set<Field<?>> reads = new LinkedHashSet<>();
    Map<String, Condition> needs = new LinkedHashMap<>();
    for (String path : Reads.of(checked.ast()).paths()) {
      Field.byPath(path).ifPresent(reads::add);
      if (path.startsWith(VARIABLE_PREFIX)) {
        String name = path.substring(VARIABLE_PREFIX.length());
        Condition variable = variables.get(name);
        reads.addAll(variable.reads());
        needs.putAll(variable.needs());
        needs.put(name, variable);
      }
    }
    return new Condition(
        checked.expression(),
        program(checked),
        Collections.unmodifiableSet(reads),
        Collections.unmodifiableMap(needs));
  }

  private static Program program(CheckedPolicy.Checked checked) {
    try {
      return RUNTIME.createProgram(checked.ast());
    } catch (CelEvaluationException e) {
      throw new IllegalStateException(
          checked.expression().where() + " was checked and cannot be planned", e);
    }
  }
}
