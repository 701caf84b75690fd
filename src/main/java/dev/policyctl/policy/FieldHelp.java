package dev.policyctl.policy;

import dev.policyctl.model.Field;
import dev.policyctl.source.Suggestion;
import java.util.List;

/** Help for those who misspell a field. */
final class FieldHelp {
  private FieldHelp() {}

  /** The field that was probably meant, else what the target sees. */
  static String nearest(String path, Target target) {
    List<String> paths = Field.all().stream().filter(target::sees).map(Field::path).toList();
    return Suggestion.nearest(path, paths)
        .map(near -> "did you mean `" + near + "`?")
        .orElseGet(() -> "a policy of target `" + target.word() + "` sees " + target.scopeWords());
  }

  /** For the last part of a path alone. */
  static String nearestName(String name, Target target) {
    List<String> names =
        Field.all().stream()
            .filter(target::sees)
            .flatMap(field -> List.of(field.name().split("\\.")).stream())
            .distinct()
            .toList();
    return Suggestion.nearest(name, names)
        .map(near -> "did you mean `" + near + "`?")
        .orElse("`policyctl explain` lists the fields");
  }
}
