package dev.policyctl.policy;

import dev.policyctl.model.Field;
import dev.policyctl.source.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A policy as its file says it, before its expressions are checked.
 *
 * @param name a DNS label that names the bad pattern
 * @param title what the policy is about, one line
 * @param matchConditions all must hold for the policy to apply; they see no variables
 * @param variables each sees those before it
 * @param validations all must hold
 * @param fixes best safety first
 * @param help what to do, one line; empty when the first fix's title says it
 * @param at its name in the file
 */
public record Policy(
    String name,
    String title,
    Severity severity,
    String description,
    List<String> references,
    Target target,
    List<Named> matchConditions,
    List<Named> variables,
    List<Validation> validations,
    List<Fix> fixes,
    Optional<Template> help,
    Admission admission,
    Location at) {
  public Policy {
    references = List.copyOf(references);
    matchConditions = List.copyOf(matchConditions);
    variables = List.copyOf(variables);
    validations = List.copyOf(validations);
    fixes = List.copyOf(fixes);
  }

  /** A match condition or a variable. */
  public record Named(String name, Expression expression) {}

  /**
   * What must hold.
   *
   * @param message when it does not, one line; empty when the title says it
   * @param messageExpression gives a better message where all that it reads is known
   */
  public record Validation(
      Expression expression, String message, Optional<Expression> messageExpression) {}

  /**
   * A cure.
   *
   * @param when must not be false for the fix to be proposed; empty when it always is
   * @param set fields and the values they shall have; empty for a manual fix
   * @param steps of a manual fix, a line each; empty otherwise
   */
  public record Fix(
      String title,
      Safety safety,
      Optional<Expression> when,
      Map<Field<?>, Object> set,
      List<Template> steps) {
    public Fix {
      set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
      steps = List.copyOf(steps);
    }
  }

  /** The title in the form of a message: lowercase start, unless it begins with an acronym. */
  public String titleAsMessage() {
    boolean isWord = title.length() > 1 && !Character.isUpperCase(title.charAt(1));
    return isWord ? Character.toLowerCase(title.charAt(0)) + title.substring(1) : title;
  }
}
