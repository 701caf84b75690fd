package dev.policyctl.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.policyctl.model.Field;
import dev.policyctl.policy.CheckedPolicy.Checked;
import dev.policyctl.policy.CheckedPolicy.CheckedValidation;
import dev.policyctl.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Checks the expressions of policies against the model. Thread-safe. */
public final class PolicyCompiler {
  private final CelModel model = CelModel.create();
  private final Map<Target, CelCompiler> plain = new ConcurrentHashMap<>();

  /**
   * @param policy empty when there is a problem
   */
  public record Result(Optional<CheckedPolicy> policy, List<Problem> problems) {
    public Result {
      problems = List.copyOf(problems);
    }
  }

  public Result compile(Policy policy) {
    List<Problem> problems = new ArrayList<>();
    ExpressionCheck withoutVariables = check(policy, Map.of(), problems);
    List<Checked> matchConditions = new ArrayList<>();
    for (Policy.Named condition : policy.matchConditions()) {
      withoutVariables
          .check(condition.expression(), SimpleType.BOOL)
          .ifPresent(matchConditions::add);
    }
    Map<String, CelType> types = new LinkedHashMap<>();
    List<Checked> variables = variables(policy, types, problems);
    ExpressionCheck withVariables = check(policy, types, problems);
    List<CheckedValidation> validations = validations(policy, withVariables);
    List<Optional<Checked>> whens =
        policy.fixes().stream()
            .map(fix -> fix.when().flatMap(when -> withVariables.check(when, SimpleType.BOOL)))
            .toList();
    return new Result(
        problems.isEmpty()
            ? Optional.of(new CheckedPolicy(policy, matchConditions, variables, validations, whens))
            : Optional.empty(),
        problems);
  }

  private static List<CheckedValidation> validations(Policy policy, ExpressionCheck check) {
    List<CheckedValidation> validations = new ArrayList<>();
    for (Policy.Validation validation : policy.validations()) {
      Optional<Checked> condition = check.check(validation.expression(), SimpleType.BOOL);
      Optional<Checked> message =
          validation
              .messageExpression()
              .flatMap(expression -> check.check(expression, SimpleType.STRING));
      condition.ifPresent(sound -> validations.add(new CheckedValidation(sound, message)));
    }
    return validations;
  }

  /** Checks the variables in order; {@code types} grows by each that is sound. */
  private List<Checked> variables(
      Policy policy, Map<String, CelType> types, List<Problem> problems) {
    List<Checked> variables = new ArrayList<>();
    for (Policy.Named variable : policy.variables()) {
      Optional<Checked> checked = check(policy, types, problems).check(variable.expression());
      checked.ifPresent(sound -> types.put(variable.name(), sound.ast().getResultType()));
      checked.ifPresent(variables::add);
    }
    return variables;
  }

  private ExpressionCheck check(
      Policy policy, Map<String, CelType> variables, List<Problem> problems) {
    Target target = policy.target();
    return new ExpressionCheck(compiler(target, variables), target, problems);
  }

  private CelCompiler compiler(Target target, Map<String, CelType> variables) {
    return variables.isEmpty()
        ? plain.computeIfAbsent(target, this::compiler)
        : withVariables(target, variables);
  }

  private CelCompiler compiler(Target target) {
    return builder(target, model.types()).build();
  }

  private CelCompiler withVariables(Target target, Map<String, CelType> variables) {
    CelTypeProvider types = model.typesWith(variables);
    return builder(target, types).addVar(CelModel.VARIABLES, CelModel.variablesType(types)).build();
  }

  private CelCompilerBuilder builder(Target target, CelTypeProvider types) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(CelModel.OPTIONS)
            .setTypeProvider(types)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings());
    for (Field.Scope scope : Field.Scope.values()) {
      if (target.sees(scope)) {
        builder.addVar(scope.word(), model.type(scope));
      }
    }
    return builder;
  }
}
