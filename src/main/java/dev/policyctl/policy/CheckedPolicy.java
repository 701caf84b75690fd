package dev.policyctl.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import java.util.List;
import java.util.Optional;

/**
 * A policy with its expressions checked: all that a run needs of the compiler.
 *
 * @param variables beside the policy's own, item by item
 * @param validations beside the policy's own, item by item
 * @param whens the condition of each fix that has one, beside the policy's fixes
 */
public record CheckedPolicy(
    Policy policy,
    List<Checked> matchConditions,
    List<Checked> variables,
    List<CheckedValidation> validations,
    List<Optional<Checked>> whens) {
  public CheckedPolicy {
    matchConditions = List.copyOf(matchConditions);
    variables = List.copyOf(variables);
    validations = List.copyOf(validations);
    whens = List.copyOf(whens);
  }

  /** An expression and its checked tree. */
  public record Checked(Expression expression, CelAbstractSyntaxTree ast) {}

  public record CheckedValidation(Checked condition, Optional<Checked> message) {}
}
