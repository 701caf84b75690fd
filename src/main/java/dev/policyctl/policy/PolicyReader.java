package dev.policyctl.policy;

import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.yaml.StrictMapping;
import dev.policyctl.yaml.YamlNode;
import dev.policyctl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads {@code StoragePolicy} documents. Strict: whatever is not known is a problem, and a document
 * with a problem gives no policy. Expressions are not looked into; that is {@link
 * PolicyCompiler}'s.
 */
public final class PolicyReader {
  static final String API_VERSION = "policyctl.dev/v1alpha1";
  static final String KIND = "StoragePolicy";

  private final SourceText source;
  private final List<Problem> problems = new ArrayList<>();
  private final PolicyTexts texts;

  private PolicyReader(SourceText source) {
    this.source = source;
    this.texts = new PolicyTexts(source, problems);
  }

  /**
   * @param policies in the file's order, those without a problem
   */
  public record Result(List<Policy> policies, List<Problem> problems) {
    public Result {
      policies = List.copyOf(policies);
      problems = List.copyOf(problems);
    }
  }

  public static Result read(SourceText source) {
    YamlReader.Result yaml = YamlReader.read(source);
    List<Policy> policies = new ArrayList<>();
    List<Problem> problems = new ArrayList<>(yaml.problems());
    for (YamlNode document : yaml.documents()) {
      PolicyReader reader = new PolicyReader(source);
      reader.document(document).ifPresent(policies::add);
      problems.addAll(reader.problems);
    }
    return new Result(policies, problems);
  }

  private Optional<Policy> document(YamlNode node) {
    StrictMapping document = new StrictMapping(source, "policy", node, problems);
    document.require("apiVersion");
    document.oneOf("apiVersion", List.of(API_VERSION));
    document.require("kind");
    if (document.oneOf("kind", List.of(KIND)).isEmpty()) {
      return Optional.empty();
    }
    StrictMapping metadata = document.requiredMapping("metadata");
    String name = name(metadata);
    StrictMapping spec = document.requiredMapping("spec");
    Policy policy = spec(name, metadata, spec);
    document.finish();
    return problems.isEmpty() ? Optional.of(policy) : Optional.empty();
  }

  private String name(StrictMapping metadata) {
    String name = metadata.requiredString("name");
    if (!name.isEmpty() && !isDnsLabel(name)) {
      metadata.report(
          metadata.node("name").orElseThrow().span(),
          "`" + name + "` cannot name a policy",
          "use at most 63 lower-case letters, digits and `-`, the first and the last no `-`");
    }
    metadata.node("labels");
    metadata.node("annotations");
    metadata.finish();
    return name;
  }

  private static boolean isDnsLabel(String name) {
    boolean allowed =
        name.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    return allowed && name.length() <= 63 && !name.startsWith("-") && !name.endsWith("-");
  }

  private Policy spec(String name, StrictMapping metadata, StrictMapping spec) {
    String title = texts.requiredLine(spec, "title");
    Severity severity = word(spec, "severity", Severity.values(), Severity::word);
    String description = spec.string("description").orElse("").strip();
    List<String> references = spec.strings("references").orElse(List.of());
    Target target = word(spec, "target", Target.values(), Target::word);
    Policy policy =
        new Policy(
            name,
            title,
            severity,
            description,
            references,
            target,
            named(spec, "matchConditions"),
            named(spec, "variables"),
            validations(spec),
            new FixReader(source, problems, texts, target).fixes(spec),
            texts.template(spec, "help", target),
            admission(spec, severity),
            source.location(metadata.node("name").map(YamlNode::span).orElse(metadata.span())));
    spec.finish();
    return policy;
  }

  /** A required word of a closed set; its first value stands in where there is a problem. */
  private <E> E word(StrictMapping in, String key, E[] values, Function<E, String> word) {
    in.require(key);
    Map<String, E> byWord = FixReader.byWord(values, word);
    return in.oneOf(key, byWord.keySet()).map(byWord::get).orElse(values[0]);
  }

  private List<Policy.Named> named(StrictMapping spec, String key) {
    List<Policy.Named> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int index = 0;
    for (StrictMapping item : spec.mappings(key)) {
      String name = item.requiredString("name");
      boolean isVariable = key.equals("variables");
      if (!name.isEmpty() && isVariable && !isIdentifier(name)) {
        item.report(
            item.node("name").orElseThrow().span(),
            "`" + name + "` cannot name a variable",
            "use letters, digits and `_`, the first no digit");
      } else if (!names.add(name)) {
        item.report(
            item.node("name").map(YamlNode::span).orElse(item.span()),
            "`" + name + "` stands twice in `" + key + "`",
            "give it another name");
      }
      String where = key + "[" + index++ + "].expression";
      texts
          .requiredExpression(item, "expression", where)
          .ifPresent(expression -> all.add(new Policy.Named(name, expression)));
      item.finish();
    }
    return all;
  }

  private static boolean isIdentifier(String name) {
    boolean allowed =
        name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    return allowed && !Character.isDigit(name.charAt(0));
  }

  private List<Policy.Validation> validations(StrictMapping spec) {
    List<Policy.Validation> validations = new ArrayList<>();
    int index = 0;
    for (StrictMapping item : spec.mappings("validations")) {
      String where = "validations[" + index++ + "].";
      Optional<Expression> expression =
          texts.requiredExpression(item, "expression", where + "expression");
      String message = texts.line(item, "message").orElse("");
      Optional<Expression> better =
          texts.expression(item, "messageExpression", where + "messageExpression");
      expression.ifPresent(found -> validations.add(new Policy.Validation(found, message, better)));
      item.finish();
    }
    if (index == 0) {
      spec.report(
          spec.node("validations").map(YamlNode::span).orElse(spec.start()),
          "a policy needs at least one validation",
          "add `validations: [{expression: …}]`");
    }
    return validations;
  }

  private Admission admission(StrictMapping spec, Severity severity) {
    Admission usual = Admission.of(severity);
    return spec.mapping("admission")
        .map(
            mapping -> {
              Map<String, Admission.Action> actions =
                  FixReader.byWord(Admission.Action.values(), Admission.Action::word);
              Set<String> words = actions.keySet();
              Optional<String> fail = mapping.oneOf("fail", words);
              Optional<String> unknown = mapping.oneOf("unknown", words);
              mapping.finish();
              return new Admission(
                  fail.map(actions::get).orElse(usual.fail()),
                  unknown.map(actions::get).orElse(usual.unknown()));
            })
        .orElse(usual);
  }

  /** Whether a document says that it is a policy. */
  public static boolean isPolicy(YamlNode document) {
    return document instanceof YamlNode.Mapping mapping && mapping.text("kind").equals(KIND);
  }
}
