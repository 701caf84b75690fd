package dev.policyctl.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import dev.policyctl.model.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An expression that is ready to run. Thread-safe. */
final class Condition {
  private static final String VARIABLE_PREFIX = CelModel.VARIABLES + ".";

  private final CheckedPolicy.Checked checked;
  private final Set<Field<?>> reads;
  private final Map<String, Condition> needs;
  private final ValueMemo<Bindings.Outcome> memo;
  private volatile Optional<Program> program = Optional.empty();

  private Condition(
      CheckedPolicy.Checked checked, Set<Field<?>> reads, Map<String, Condition> needs) {
    this.checked = checked;
    this.reads = Collections.unmodifiableSet(reads);
    this.needs = Collections.unmodifiableMap(needs);
    this.memo = new ValueMemo<>(reads);
  }

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
        reads.addAll(variable.reads);
        needs.putAll(variable.needs);
        needs.put(name, variable);
      }
    }
    return new Condition(checked, reads, needs);
  }

  Expression expression() {
    return checked.expression();
  }

  /** All fields that it reads, behind variables too, in the order of first reading. */
  Set<Field<?>> reads() {
    return reads;
  }

  /** The variables that it reads, behind variables too, each after those that it needs itself. */
  Map<String, Condition> needs() {
    return needs;
  }

  /** What it came to for subjects of which somebody wanted it remembered. */
  ValueMemo<Bindings.Outcome> memo() {
    return memo;
  }

  /** Made when it is first asked for; two threads that ask at once make it twice. */
  Program program() {
    Optional<Program> known = program;
    if (known.isEmpty()) {
      known = Optional.of(program(checked));
      program = known;
    }
    return known.get();
  }

  private static Program program(CheckedPolicy.Checked checked) {
    try {
      return Programs.of(checked.ast());
    } catch (CelEvaluationException e) {
      throw new IllegalStateException(
          checked.expression().where() + " was checked and cannot be planned", e);
    }
  }
}
