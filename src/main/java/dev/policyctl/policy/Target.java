package dev.policyctl.policy;

import dev.policyctl.model.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a policy judges, and so which parts of the model its expressions see. */
public enum Target {
  GUEST,
  VOLUME,
  STORAGE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean sees(Field.Scope scope) {
    return switch (this) {
      case VOLUME -> true;
      case GUEST -> scope == Field.Scope.GUEST || scope == Field.Scope.HOST;
      case STORAGE -> scope == Field.Scope.STORAGE || scope == Field.Scope.HOST;
    };
  }

  public boolean sees(Field<?> field) {
    return sees(field.scope());
  }

  /** {@code `storage`, `host`}. */
  String scopeWords() {
    return Arrays.stream(Field.Scope.values())
        .filter(this::sees)
        .map(scope -> "`" + scope.word() + "`")
        .collect(Collectors.joining(", "));
  }
}
