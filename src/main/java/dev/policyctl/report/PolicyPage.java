package dev.policyctl.report;

import dev.policyctl.policy.Expression;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.Verdict;
import java.util.List;
import java.util.Optional;

/** The documentation of a policy as a page of Markdown. */
public final class PolicyPage {
  private final StringBuilder out = new StringBuilder();

  private PolicyPage() {}

  /**
   * @param examples all that the policy has; the page shows one that fails and one that passes
   * @param examplesLink where they are, relative to the page
   */
  public static String of(Policy policy, List<PolicyExample> examples, String examplesLink) {
    PolicyPage page = new PolicyPage();
    page.head(policy);
    page.conditions(policy);
    page.cures(policy);
    page.examples(examples, examplesLink);
    page.references(policy);
    return page.out.toString();
  }

  private void head(Policy policy) {
    out.append(Markdown.GENERATED).append("# ").append(policy.name()).append("\n\n");
    out.append("**").append(policy.title()).append("**\n\n");
    out.append("Severity ").append(policy.severity().word());
    out.append(", judges each ").append(policy.target().word()).append(".\n\n");
    out.append(policy.description()).append('\n');
  }

  private void conditions(Policy policy) {
    if (!policy.matchConditions().isEmpty()) {
      out.append("\n## Applies when\n");
      policy.matchConditions().forEach(this::named);
    }
    if (!policy.variables().isEmpty()) {
      out.append("\n## Where\n");
      policy.variables().forEach(this::named);
    }
    out.append("\n## What must hold\n\n");
    policy.validations().forEach(validation -> cel(validation.expression()));
    out.append("The fields are those of [the model](../guide/model.md).\n");
  }

  private void named(Policy.Named named) {
    out.append("\n`").append(named.name()).append("`:\n\n");
    cel(named.expression());
    // The next one, or the next heading, brings its own empty line.
    out.setLength(out.length() - 1);
  }

  private void cel(Expression expression) {
    out.append(Markdown.fenced("cel", expression.text())).append('\n');
  }

  private void cures(Policy policy) {
    if (policy.fixes().isEmpty()) {
      return;
    }
    out.append("\n## Cures\n");
    boolean hasSlots = false;
    for (Policy.Fix fix : policy.fixes()) {
      out.append("\n**").append(fix.safety().word()).append("**: ").append(fix.title());
      fix.when().ifPresent(when -> out.append(", when `").append(when.text()).append('`'));
      out.append("\n");
      fix.set()
          .forEach(
              (field, value) ->
                  out.append("\nSets `" + field.path() + "` to " + shown(value) + ".\n"));
      List<String> steps = fix.steps().stream().map(Object::toString).toList();
      if (!steps.isEmpty()) {
        out.append('\n').append(Markdown.fenced("text", String.join("\n", steps)));
      }
      hasSlots |= steps.stream().anyMatch(step -> step.contains("{"));
    }
    if (hasSlots) {
      out.append("\nA finding has the subject's own values in place of the names in braces.\n");
    }
  }

  private static String shown(Object value) {
    return value.equals("") ? "nothing" : "`" + value + "`";
  }

  private void examples(List<PolicyExample> examples, String link) {
    Optional<PolicyExample> fails = PolicyExample.typical(examples, Verdict.FAIL);
    fails.ifPresent(example -> example("An example that fails", example, link));
    fails
        .flatMap(example -> example.counterpart(examples, Verdict.PASS))
        .ifPresent(example -> example("An example that passes", example, link));
    if (!examples.isEmpty()) {
      out.append("\n[All of its examples](").append(link).append(")\n");
    }
  }

  private void example(String title, PolicyExample example, String link) {
    String folder = link + "/" + example.verdict().word() + "/" + example.name();
    out.append("\n## ").append(title).append("\n\n");
    out.append('[').append(example.name()).append("](").append(folder).append(")\n");
    example
        .files()
        .forEach(
            (path, text) -> {
              out.append(path.isEmpty() ? "" : "\n`" + path + "`\n");
              out.append('\n').append(Markdown.fenced(Markdown.language(path), text));
            });
  }

  private void references(Policy policy) {
    if (policy.references().isEmpty()) {
      return;
    }
    out.append("\n## References\n\n");
    policy.references().forEach(link -> out.append("- <").append(link).append(">\n"));
  }

  /** The table of all policies; a page is named for its policy. */
  public static String index(List<Policy> policies) {
    StringBuilder out = new StringBuilder(Markdown.GENERATED);
    out.append("# Policies\n\n");
    out.append("What comes with policyctl. How to write one: [guide](../guide/policies.md).\n\n");
    out.append("| policy | judges | severity | about |\n|---|---|---|---|\n");
    for (Policy policy : policies) {
      String name = policy.name();
      out.append("| [").append(name).append("](").append(name).append(".md) | ");
      out.append(policy.target().word()).append(" | ").append(policy.severity().word());
      out.append(" | ").append(Markdown.cell(policy.title())).append(" |\n");
    }
    return out.toString();
  }
}
