package dev.policyctl.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.policyctl.policy.CheckedPolicy.Checked;
import dev.policyctl.source.Problem;
import java.util.List;
import java.util.Optional;

/** Checks single expressions in one environment and tells what is wrong in terms of the file. */
final class ExpressionCheck {
  private static final String UNDEFINED_FIELD = "undefined field '";
  private static final String UNDECLARED = "undeclared reference to '";

  private final CelCompiler compiler;
  private final Target target;
  private final List<Problem> problems;

  ExpressionCheck(CelCompiler compiler, Target target, List<Problem> problems) {
    this.compiler = compiler;
    this.target = target;
    this.problems = problems;
  }

  /** The checked expression, if it is sound and of this type. */
  Optional<Checked> check(Expression expression, CelType type) {
    return check(expression).filter(checked -> isOf(type, expression, checked.ast()));
  }

  private boolean isOf(CelType type, Expression expression, CelAbstractSyntaxTree ast) {
    CelType actual = ast.getResultType();
    if (actual.equals(type)) {
      return true;
    }
    problems.add(
        Problem.error(
            expression.location(),
            "`" + expression.where() + "` must be a " + type.name() + ", not " + actual.name(),
            ""));
    return false;
  }

  /** The checked expression, if it is sound. */
  Optional<Checked> check(Expression expression) {
    CelValidationResult result = compiler.compile(expression.text());
    if (result.hasError()) {
      result.getErrors().forEach(issue -> report(expression, issue));
      return Optional.empty();
    }
    CelAbstractSyntaxTree ast = ast(result);
    int before = problems.size();
    for (long whole : Reads.of(ast).wholes()) {
      report(
          expression,
          ast,
          whole,
          "uses a group of fields as a value",
          "name one field: `volume.cache`, not `volume`");
    }
    CelNavigableAst.fromAst(ast)
        .getRoot()
        .allNodes()
        .forEach(node -> checkRegex(expression, ast, node.expr()));
    return problems.size() == before ? Optional.of(new Checked(expression, ast)) : Optional.empty();
  }

  private static CelAbstractSyntaxTree ast(CelValidationResult result) {
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new IllegalStateException("a result without errors has no tree", e);
    }
  }

  // A literal pattern that is wrong would otherwise show only when a subject gets that far.
  private void checkRegex(Expression expression, CelAbstractSyntaxTree ast, CelExpr expr) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.CALL || !expr.call().function().equals("matches")) {
      return;
    }
    List<CelExpr> args = expr.call().args();
    CelExpr pattern = args.get(args.size() - 1);
    if (pattern.getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      return;
    }
    try {
      Pattern.compile(pattern.constant().stringValue());
    } catch (PatternSyntaxException e) {
      report(expression, ast, pattern.id(), e.getMessage(), "patterns are those of RE2");
    }
  }

  private void report(
      Expression expression, CelAbstractSyntaxTree ast, long id, String message, String help) {
    int offset = ast.getSource().getPositionsMap().getOrDefault(id, 0);
    CelSourceLocation at = ast.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.NONE);
    report(expression, at, message, help);
  }

  private void report(Expression expression, CelIssue issue) {
    String message = withoutNoise(issue.getMessage().lines().findFirst().orElse(""));
    report(expression, issue.getSourceLocation(), message, help(message));
  }

  private void report(Expression expression, CelSourceLocation at, String message, String help) {
    problems.add(
        Problem.error(
            expression.location(at.getLine(), at.getColumn()),
            "`" + expression.where() + "`: " + message,
            help));
  }

  /** Leaves the list of all tokens away that the grammar would take, and the empty container. */
  private static String withoutNoise(String message) {
    int tokens = message.indexOf(" expecting {");
    String shorter = tokens < 0 ? message : message.substring(0, tokens);
    return shorter.replace(" (in container '')", "");
  }

  private String help(String message) {
    if (message.startsWith(UNDEFINED_FIELD)) {
      return FieldHelp.nearestName(quoted(message, UNDEFINED_FIELD), target);
    }
    if (!message.startsWith(UNDECLARED)) {
      return "";
    }
    return quoted(message, UNDECLARED).equals(CelModel.VARIABLES)
        ? "match conditions see no variables, and a variable only those before it"
        : "a policy of target `" + target.word() + "` sees " + target.scopeWords();
  }

  private static String quoted(String message, String prefix) {
    int end = message.indexOf('\'', prefix.length());
    return end < 0 ? "" : message.substring(prefix.length(), end);
  }
}
