package dev.policyctl.report;

import dev.policyctl.model.Field;
import dev.policyctl.policy.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The documentation of the model's fields as a page of Markdown. */
public final class ModelPage {
  private static final String INTRODUCTION =
      """
      # The model

      A definition becomes guests with volumes, or storages. Each has these fields. They are the names
      in policies, in messages, in `policyctl inspect` and in what a fix sets.

      A value is *effective*: not what the definition says but what follows from it on its host, the
      defaults of the hypervisor included. `policyctl inspect` shows each value with the reasons for it.

      A field that can be unknown is so when no definition and no fact of the host decides it. An unknown
      value is no default: a policy whose verdict depends on it is unknown, and names the fact that is
      missing. Strings and lists are empty, never absent, when there is nothing. The one assumption: a
      kernel that is not known is taken as an old one.

      """;

  private ModelPage() {}

  public static String text() {
    StringBuilder out = new StringBuilder(Markdown.GENERATED).append(INTRODUCTION);
    for (Field.Scope scope : Field.Scope.values()) {
      out.append("## `").append(scope.word()).append("`\n\n");
      out.append("Seen by policies of target ").append(targets(scope)).append(".\n\n");
      out.append("| field | type | can be unknown | meaning |\n|---|---|---|---|\n");
      Field.all().stream()
          .filter(field -> field.scope() == scope)
          .forEach(field -> out.append(row(field)));
      out.append('\n');
    }
    return out.substring(0, out.length() - 1);
  }

  private static String targets(Field.Scope scope) {
    List<String> targets =
        Arrays.stream(Target.values())
            .filter(target -> target.sees(scope))
            .map(target -> "`" + target.word() + "`")
            .toList();
    return targets.stream().collect(Collectors.joining(", "));
  }

  private static String row(Field<?> field) {
    String type =
        field.type() == Field.Type.LIST
            ? "list of strings"
            : field.type().name().toLowerCase(Locale.ROOT);
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            field.path(), type, field.canBeUnknown() ? "yes" : "", Markdown.cell(field.meaning()));
  }
}
