package dev.policyctl.policy;

import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import dev.policyctl.yaml.ScalarText;
import dev.policyctl.yaml.StrictMapping;
import dev.policyctl.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds of text that a policy file has: lines, templates and expressions. */
final class PolicyTexts {
  private final SourceText source;
  private final List<Problem> problems;

  PolicyTexts(SourceText source, List<Problem> problems) {
    this.source = source;
    this.problems = problems;
  }

  /** A text that has to fit in one line of a report. */
  Optional<String> line(StrictMapping in, String key) {
    Optional<String> text = in.string(key).map(String::strip);
    text.ifPresent(found -> checkLine(key, found, in.node(key).orElseThrow().span()));
    return text;
  }

  String requiredLine(StrictMapping in, String key) {
    in.require(key);
    return line(in, key).orElse("");
  }

  private void checkLine(String key, String text, Span span) {
    if (text.isEmpty()) {
      report(span, "`" + key + "` is empty", "");
    } else if (text.chars().anyMatch(Character::isISOControl)) {
      report(span, "`" + key + "` must be one line without control characters", "");
    }
  }

  Optional<Template> template(StrictMapping in, String key, Target target) {
    return line(in, key)
        .map(text -> template(key, text, in.node(key).orElseThrow().span(), target));
  }

  /** A list of templates; absent when the key is. */
  Optional<List<Template>> templates(StrictMapping in, String key, Target target) {
    Optional<List<String>> texts = in.strings(key);
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    List<Template> templates = new ArrayList<>();
    for (YamlNode item : in.items(key).orElse(List.of())) {
      if (item instanceof YamlNode.Scalar scalar) {
        templates.add(template(key + "[]", scalar, target));
      }
    }
    return Optional.of(templates);
  }

  private Template template(String key, YamlNode.Scalar item, Target target) {
    String text = item.text().strip();
    checkLine(key, text, item.span());
    return template(key, text, item.span(), target);
  }

  private Template template(String key, String text, Span span, Target target) {
    Template template = Template.parse(text);
    for (String path : template.unknownPaths(target)) {
      report(
          span,
          "`{" + path + "}` in `" + key + "` names no field of target `" + target.word() + "`",
          FieldHelp.nearest(path, target));
    }
    return template;
  }

  Optional<Expression> requiredExpression(StrictMapping in, String key, String where) {
    in.require(key);
    return expression(in, key, where);
  }

  Optional<Expression> expression(StrictMapping in, String key, String where) {
    return in.node(key)
        .filter(node -> in.string(key).isPresent())
        .map(node -> new Expression(where, new ScalarText(source, (YamlNode.Scalar) node)));
  }

  private void report(Span span, String message, String help) {
    problems.add(Problem.error(source.location(span), message, help));
  }
}
