package dev.policyctl.policy;

import dev.policyctl.model.Field;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.yaml.StrictMapping;
import dev.policyctl.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the fixes of a policy. */
final class FixReader {
  private final SourceText source;
  private final List<Problem> problems;
  private final PolicyTexts texts;
  private final Target target;

  FixReader(SourceText source, List<Problem> problems, PolicyTexts texts, Target target) {
    this.source = source;
    this.problems = problems;
    this.texts = texts;
    this.target = target;
  }

  static <E> Map<String, E> byWord(E[] values, Function<E, String> word) {
    Map<String, E> byWord = new LinkedHashMap<>();
    for (E value : values) {
      byWord.put(word.apply(value), value);
    }
    return byWord;
  }

  List<Policy.Fix> fixes(StrictMapping spec) {
    List<Policy.Fix> fixes = new ArrayList<>();
    for (StrictMapping item : spec.mappings("fixes")) {
      fixes.add(fix(item, "fixes[" + fixes.size() + "].when"));
    }
    fixes.sort(Comparator.comparing(Policy.Fix::safety));
    return fixes;
  }

  private Policy.Fix fix(StrictMapping item, String where) {
    String title = texts.requiredLine(item, "title");
    item.require("safety");
    Map<String, Safety> safeties = byWord(Safety.values(), Safety::word);
    Optional<Safety> safety = item.oneOf("safety", safeties.keySet()).map(safeties::get);
    Optional<Expression> when = texts.expression(item, "when", where);
    Map<Field<?>, Object> set = item.mapping("set").map(this::values).orElse(Map.of());
    List<Template> steps = texts.templates(item, "steps", target).orElse(List.of());
    safety.ifPresent(known -> checkShape(item, known));
    item.finish();
    return new Policy.Fix(title, safety.orElse(Safety.MANUAL), when, set, steps);
  }

  private void checkShape(StrictMapping item, Safety safety) {
    String needed = safety == Safety.MANUAL ? "steps" : "set";
    String other = safety == Safety.MANUAL ? "set" : "steps";
    if (item.node(needed).isEmpty()) {
      item.report(
          item.start(), "a fix of safety `" + safety.word() + "` needs `" + needed + "`", "");
    }
    item.node(other)
        .ifPresent(
            node ->
                item.report(
                    node.span(),
                    "a fix of safety `" + safety.word() + "` has no `" + other + "`",
                    "`set` is for `safe` and `unsafe` fixes, `steps` is for `manual` ones"));
  }

  private Map<Field<?>, Object> values(StrictMapping set) {
    Map<Field<?>, Object> values = new LinkedHashMap<>();
    for (YamlNode.Entry entry : set.entries()) {
      String path = entry.key().text();
      Optional<Field<?>> field = Field.byPath(path).filter(this::isSettable);
      if (field.isEmpty()) {
        boolean exists = Field.byPath(path).isPresent();
        report(
            entry.key(),
            "`" + path + "` is no field that a fix of this policy can set",
            exists
                ? "set a field of the `" + target.word() + "`"
                : FieldHelp.nearest(path, target));
      } else {
        value(field.get(), entry).ifPresent(value -> values.put(field.get(), value));
      }
    }
    return values;
  }

  private boolean isSettable(Field<?> field) {
    return target.sees(field) && field.scope() != Field.Scope.HOST;
  }

  private Optional<Object> value(Field<?> field, YamlNode.Entry entry) {
    // A mapping of this one entry, so that types are checked and told of as everywhere.
    String key = entry.key().text();
    YamlNode.Mapping alone = new YamlNode.Mapping(List.of(entry), entry.key().span());
    StrictMapping typed = new StrictMapping(source, "set", alone, problems);
    return switch (field.type()) {
      case STRING -> typed.string(key).map(Object.class::cast);
      case BOOLEAN -> typed.bool(key).map(Object.class::cast);
      case LIST -> typed.strings(key).map(Object.class::cast);
    };
  }

  private void report(YamlNode at, String message, String help) {
    problems.add(Problem.error(source.location(at.span()), message, help));
  }
}
