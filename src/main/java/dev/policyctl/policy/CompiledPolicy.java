package dev.policyctl.policy;

import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import dev.policyctl.policy.Bindings.Outcome;
import dev.policyctl.source.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A policy that is ready to judge. Thread-safe. It remembers judgements by the values that its
 * conditions read, of which definitions have few combinations.
 */
public final class CompiledPolicy {
  private final Policy policy;
  private final List<Condition> matchConditions;
  private final List<Condition> validations;
  private final List<Optional<Condition>> messages;
  private final List<Optional<Condition>> whens;
  private final Set<Field<?>> reads;
  private final ValueMemo<Judgement> memo;

  public CompiledPolicy(CheckedPolicy checked) {
    this.policy = checked.policy();
    Map<String, Condition> variables = new LinkedHashMap<>();
    for (int i = 0; i < checked.variables().size(); i++) {
      String name = policy.variables().get(i).name();
      variables.put(name, Condition.of(checked.variables().get(i), variables));
    }
    this.matchConditions =
        checked.matchConditions().stream().map(c -> Condition.of(c, Map.of())).toList();
    this.validations =
        checked.validations().stream().map(v -> Condition.of(v.condition(), variables)).toList();
    this.messages =
        checked.validations().stream()
            .map(v -> v.message().map(message -> Condition.of(message, variables)))
            .toList();
    this.whens =
        checked.whens().stream()
            .map(when -> when.map(condition -> Condition.of(condition, variables)))
            .toList();
    Set<Field<?>> all = new LinkedHashSet<>();
    matchConditions.forEach(condition -> all.addAll(condition.reads()));
    validations.forEach(condition -> all.addAll(condition.reads()));
    this.reads = Collections.unmodifiableSet(all);
    this.memo = new ValueMemo<>(reads);
  }

  public Policy policy() {
    return policy;
  }

  /** The fields that decide, in the order in which the policy first reads them. */
  public Set<Field<?>> reads() {
    return reads;
  }

  /**
   * @param values of a subject that has all scopes which the target sees
   */
  public Judgement judge(Values values) {
    return memo.get(values, this::evaluate);
  }

  /** Three-valued: see {@link Judgement}. A condition that is false outweighs one that fails. */
  private Judgement evaluate(Values values) {
    Side matches = new Side(matchConditions, values);
    if (matches.firstFalse.isPresent()) {
      return new Judgement.Pass(false);
    }
    Side valid = new Side(validations, values);
    boolean fails = matches.isTrue() && valid.firstFalse.isPresent();
    if (fails) {
      return new Judgement.Fail(valid.firstFalse.get());
    }
    Optional<Problem> broken =
        matches.firstError.or(
            () -> valid.firstFalse.isPresent() ? Optional.empty() : valid.firstError);
    if (broken.isPresent()) {
      return new Judgement.Broken(broken.get());
    }
    if (valid.isTrue()) {
      return new Judgement.Pass(true);
    }
    Set<Field<?>> undecided = new LinkedHashSet<>(reads);
    undecided.removeIf(
        field -> !matches.undecided.contains(field) && !valid.undecided.contains(field));
    return new Judgement.Unknown(Collections.unmodifiableSet(undecided));
  }

  /** The conjunction of some conditions. */
  private final class Side {
    private Optional<Integer> firstFalse = Optional.empty();
    private Optional<Problem> firstError = Optional.empty();
    private boolean isUndecided;
    private final Set<Field<?>> undecided = new LinkedHashSet<>();

    Side(List<Condition> conditions, Values values) {
      for (int i = 0; i < conditions.size() && firstFalse.isEmpty(); i++) {
        Condition condition = conditions.get(i);
        Outcome outcome = run(condition, values);
        if (outcome.equals(new Outcome.Value(false))) {
          firstFalse = Optional.of(i);
        } else if (outcome instanceof Outcome.Unknown unknown) {
          isUndecided = true;
          undecided.addAll(unknown.fields());
        } else if (outcome instanceof Outcome.Failed failed && firstError.isEmpty()) {
          firstError = Optional.of(problem(condition.expression(), failed.text()));
        }
      }
    }

    boolean isTrue() {
      return firstFalse.isEmpty() && firstError.isEmpty() && !isUndecided;
    }
  }

  private Problem problem(Expression expression, String text) {
    return Problem.error(
        expression.location(),
        "`" + expression.where() + "` of `" + policy.name() + "` cannot be evaluated: " + text,
        "");
  }

  /** For what is asked of findings, beside the judgements, which are remembered as wholes. */
  private Outcome recall(Condition condition, Values values) {
    return condition.memo().get(values, subject -> run(condition, subject));
  }

  private Outcome run(Condition condition, Values values) {
    Bindings bindings = new Bindings(policy.target(), values, condition.reads());
    condition.needs().forEach((name, variable) -> bindings.define(name, variable.program()));
    return bindings.evaluate(condition.program());
  }

  /**
   * What is, as one line: of a failure its validation's message expression, or its message where
   * that is unknown, empty or cannot be evaluated; the title in every other case.
   */
  public String message(Values values, Judgement judgement) {
    if (!(judgement instanceof Judgement.Fail fail)) {
      return policy.titleAsMessage();
    }
    String plain = policy.validations().get(fail.validation()).message();
    return messages
        .get(fail.validation())
        .map(message -> recall(message, values))
        .filter(Outcome.Value.class::isInstance)
        .map(outcome -> oneLine(((Outcome.Value) outcome).value().toString()))
        .filter(message -> !message.isEmpty())
        .orElse(plain.isEmpty() ? policy.titleAsMessage() : plain);
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
    return line.toString().strip();
  }

  /** What to do, as one line; empty when the policy has nothing to say. */
  public String help(Values values) {
    return policy
        .help()
        .map(help -> help.render(values))
        .orElseGet(() -> fixes(values).stream().map(Policy.Fix::title).findFirst().orElse(""));
  }

  /**
   * The fixes that come into question, best safety first: those whose {@code when} is not false.
   */
  public List<Policy.Fix> fixes(Values values) {
    List<Policy.Fix> fixes = new ArrayList<>();
    for (int i = 0; i < whens.size(); i++) {
      Optional<Outcome> outcome = whens.get(i).map(when -> recall(when, values));
      if (!outcome.equals(Optional.of(new Outcome.Value(false)))) {
        fixes.add(policy.fixes().get(i));
      }
    }
    return fixes;
  }

  /** A manual fix's steps with the subject's own paths. */
  public List<String> steps(Policy.Fix fix, Values values) {
    List<String> steps = new ArrayList<>();
    fix.steps().forEach(step -> steps.add(step.render(values)));
    return steps;
  }
}
