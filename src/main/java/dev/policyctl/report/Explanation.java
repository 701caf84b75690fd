package dev.policyctl.report;

import dev.policyctl.model.Field;
import dev.policyctl.policy.Policy;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The documentation of policies and fields, for a terminal. */
public final class Explanation {
  private static final int WIDTH = 88;

  private final Appendable out;
  private final Style style;

  public Explanation(Appendable out, boolean color) {
    this.out = out;
    this.style = new Style(color);
  }

  /** Every policy and every field, a line each. */
  public void list(List<Policy> policies) throws IOException {
    heading("Policies");
    int width = policies.stream().mapToInt(policy -> policy.name().length()).max().orElse(0);
    for (Policy policy : policies) {
      out.append("  ").append(padded(policy.name(), width)).append("  ");
      out.append(padded(policy.severity().word(), "warning".length())).append("  ");
      out.append(policy.title()).append('\n');
    }
    out.append('\n');
    heading("Fields of the model");
    for (Field<?> field : Field.all()) {
      out.append("  ").append(padded(field.path(), 24)).append("  ").append(type(field));
      out.append('\n');
    }
  }

  public void policy(Policy policy) throws IOException {
    out.append(style.bold(policy.name())).append(": ").append(policy.title()).append('\n');
    out.append(style.severity(policy.severity()))
        .append(", judges each ")
        .append(policy.target().word())
        .append("\n\n");
    paragraphs(policy.description());
    named("Applies when", policy.matchConditions());
    named("Where", policy.variables());
    heading("Must hold");
    for (Policy.Validation validation : policy.validations()) {
      indented(validation.expression().text());
    }
    out.append('\n');
    cures(policy);
    references(policy);
  }

  private void named(String title, List<Policy.Named> expressions) throws IOException {
    if (expressions.isEmpty()) {
      return;
    }
    heading(title);
    for (Policy.Named named : expressions) {
      indented(named.name() + ": " + named.expression().text());
    }
    out.append('\n');
  }

  private void cures(Policy policy) throws IOException {
    if (policy.fixes().isEmpty()) {
      return;
    }
    heading("Cures");
    for (Policy.Fix fix : policy.fixes()) {
      out.append("  ").append(fix.safety().word()).append(": ").append(fix.title()).append('\n');
      for (Object step : fix.steps()) {
        out.append("    ").append(step.toString()).append('\n');
      }
    }
    out.append('\n');
  }

  private void references(Policy policy) throws IOException {
    if (policy.references().isEmpty()) {
      return;
    }
    heading("References");
    for (String reference : policy.references()) {
      out.append("  ").append(reference).append('\n');
    }
  }

  public void field(Field<?> field, List<Policy> policies) throws IOException {
    out.append(style.bold(field.path())).append(": ").append(type(field)).append("\n\n");
    wrapped(field.meaning());
    out.append('\n');
    List<String> readers =
        policies.stream().filter(policy -> reads(policy, field)).map(Policy::name).toList();
    if (!readers.isEmpty()) {
      heading("Read by");
      for (String reader : readers) {
        out.append("  ").append(reader).append('\n');
      }
    }
  }

  private static boolean reads(Policy policy, Field<?> field) {
    return policy.matchConditions().stream().anyMatch(c -> mentions(c.expression().text(), field))
        || policy.variables().stream().anyMatch(v -> mentions(v.expression().text(), field))
        || policy.validations().stream().anyMatch(v -> mentions(v.expression().text(), field));
  }

  // The path, not followed by what would make it another field's.
  private static boolean mentions(String expression, Field<?> field) {
    for (int at = expression.indexOf(field.path()); at >= 0; ) {
      int end = at + field.path().length();
      if (end == expression.length() || !Character.isLetterOrDigit(expression.charAt(end))) {
        return true;
      }
      at = expression.indexOf(field.path(), end);
    }
    return false;
  }

  private static String type(Field<?> field) {
    String type = field.type() == Field.Type.LIST ? "list of strings" : field.type().name();
    return type.toLowerCase(Locale.ROOT) + (field.canBeUnknown() ? ", can be unknown" : "");
  }

  private void heading(String text) throws IOException {
    out.append(style.bold(text)).append('\n');
  }

  private void indented(String text) throws IOException {
    for (String line : text.strip().lines().toList()) {
      out.append("  ").append(line).append('\n');
    }
  }

  private void paragraphs(String text) throws IOException {
    for (String paragraph : text.strip().split("\n\\s*\n", -1)) {
      wrapped(paragraph);
      out.append('\n');
    }
  }

  private void wrapped(String text) throws IOException {
    int column = 0;
    for (String word : text.strip().split("\\s+", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        out.append('\n');
        column = 0;
      }
      out.append(column == 0 ? "" : " ").append(word);
      column += (column == 0 ? 0 : 1) + word.length();
    }
    out.append('\n');
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
