package dev.policyctl.yaml;

import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import dev.policyctl.source.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one mapping of a document of ours: each key is asked for once, and {@link #finish()}
 * reports those that nobody asked for. Whatever is wrong becomes a problem, and the value counts as
 * absent.
 */
public final class StrictMapping {
  private static final List<String> KEPT_BY_API_SERVER =
      List.of(
          "namespace",
          "labels",
          "annotations",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "ownerReferences",
          "finalizers",
          "managedFields");

  private final SourceText source;
  private final String name;
  private final Optional<YamlNode.Mapping> mapping;
  private final List<Problem> problems;
  private final Set<String> asked = new LinkedHashSet<>();

  /**
   * @param name what it is called in messages: {@code spec}, {@code filesystems[]}
   * @param problems where problems are added
   */
  public StrictMapping(SourceText source, String name, YamlNode node, List<Problem> problems) {
    this.source = source;
    this.name = name;
    this.problems = problems;
    if (node instanceof YamlNode.Mapping found) {
      this.mapping = Optional.of(found);
      reportDuplicates(found);
    } else {
      this.mapping = Optional.empty();
      report(node.span(), "`" + name + "` must be a mapping, not " + node.kind(), "");
    }
  }

  private void reportDuplicates(YamlNode.Mapping found) {
    Set<String> seen = new HashSet<>();
    for (YamlNode.Entry entry : found.entries()) {
      if (!seen.add(entry.key().text())) {
        report(entry.key().span(), "`" + entry.key().text() + "` stands twice", "remove one");
      }
    }
  }

  /**
   * As {@code finish}, for the {@code metadata} of a custom resource: what the API server keeps
   * there beside the name is taken for read.
   */
  public void finishMetadata() {
    KEPT_BY_API_SERVER.forEach(this::node);
    finish();
  }

  /** The whole mapping's place. */
  public Span span() {
    return mapping.map(YamlNode.Mapping::span).orElse(new Span(0, 0));
  }

  /** The place of the first key, where a missing key is told of; the mapping's when it is empty. */
  public Span start() {
    return firstKeyOf();
  }

  public Optional<YamlNode> node(String key) {
    asked.add(key);
    return mapping.flatMap(found -> found.get(key));
  }

  public Optional<String> string(String key) {
    return node(key).flatMap(value -> asString(key, value));
  }

  /** A string that must be there: its absence is a problem. */
  public String requiredString(String key) {
    require(key);
    return string(key).orElse("");
  }

  /** Reports a key that is absent, whatever its value would have to be. */
  public void require(String key) {
    if (node(key).isEmpty() && mapping.isPresent()) {
      report(firstKeyOf(), "`" + name + "` lacks `" + key + "`", "add `" + key + ":`");
    }
  }

  /** One of a closed set of strings. */
  public Optional<String> oneOf(String key, Collection<String> allowed) {
    Optional<String> value = string(key);
    if (value.isPresent() && !allowed.contains(value.get())) {
      reportUnknown(key, value.get(), node(key).orElseThrow().span(), allowed);
      return Optional.empty();
    }
    return value;
  }

  public Optional<Boolean> bool(String key) {
    return node(key)
        .flatMap(
            value -> {
              if (value instanceof YamlNode.Scalar scalar && scalar.tag() == YamlNode.Tag.BOOL) {
                return Optional.of(scalar.isTrue());
              }
              report(
                  value.span(),
                  "`" + key + "` must be a boolean, not " + value.kind(),
                  "use `true` or `false`");
              return Optional.empty();
            });
  }

  public Optional<Long> integer(String key) {
    return node(key).flatMap(value -> asInteger(key, value));
  }

  private Optional<Long> asInteger(String key, YamlNode value) {
    if (value instanceof YamlNode.Scalar scalar && scalar.tag() == YamlNode.Tag.INT) {
      try {
        return Optional.of(Long.parseLong(scalar.text()));
      } catch (NumberFormatException e) {
        // Octal, hexadecimal, sexagesimal and too large ones: reported below.
      }
    }
    report(value.span(), "`" + key + "` must be a decimal number", "");
    return Optional.empty();
  }

  /** A list of strings; absent when the key is. */
  public Optional<List<String>> strings(String key) {
    return items(key)
        .map(
            items -> {
              List<String> strings = new ArrayList<>();
              items.forEach(item -> asString(key + "[]", item).ifPresent(strings::add));
              return List.copyOf(strings);
            });
  }

  /** A list of strings of a closed set; an item of another value is reported and left out. */
  public List<String> manyOf(String key, Collection<String> allowed) {
    List<String> known = new ArrayList<>();
    for (YamlNode item : items(key).orElse(List.of())) {
      Optional<String> value = asString(key + "[]", item);
      if (value.isPresent() && !allowed.contains(value.get())) {
        reportUnknown(key, value.get(), item.span(), allowed);
      } else {
        value.ifPresent(known::add);
      }
    }
    return List.copyOf(known);
  }

  private void reportUnknown(String key, String value, Span at, Collection<String> allowed) {
    report(
        at,
        "unknown value `" + value + "` of `" + key + "`",
        "use " + listed(allowed) + Suggestion.didYouMean(value, allowed));
  }

  /** A list's items; absent when the key is. */
  public Optional<List<YamlNode>> items(String key) {
    return node(key)
        .flatMap(
            value -> {
              if (value instanceof YamlNode.Sequence sequence) {
                return Optional.of(sequence.items());
              }
              report(value.span(), "`" + key + "` must be a list, not " + value.kind(), "");
              return Optional.empty();
            });
  }

  /** Each item of a list as a mapping of its own; empty when the key is absent. */
  public List<StrictMapping> mappings(String key) {
    return items(key).orElse(List.of()).stream()
        .map(item -> new StrictMapping(source, key + "[]", item, problems))
        .toList();
  }

  public Optional<StrictMapping> mapping(String key) {
    return node(key).map(value -> new StrictMapping(source, key, value, problems));
  }

  /** A mapping that must be there: its absence is a problem, and it then reads as an empty one. */
  public StrictMapping requiredMapping(String key) {
    Optional<StrictMapping> found = mapping(key);
    if (found.isEmpty() && mapping.isPresent()) {
      report(firstKeyOf(), "`" + name + "` lacks `" + key + "`", "add `" + key + ":`");
    }
    return found.orElseGet(
        () -> new StrictMapping(source, key, new YamlNode.Mapping(List.of(), span()), problems));
  }

  /** Every key in order, for mappings whose keys are free; counts as asked for. */
  public List<YamlNode.Entry> entries() {
    List<YamlNode.Entry> entries = mapping.map(YamlNode.Mapping::entries).orElse(List.of());
    entries.forEach(entry -> asked.add(entry.key().text()));
    return entries;
  }

  /** Reports the keys that nobody asked for. */
  public void finish() {
    for (YamlNode.Entry entry : mapping.map(YamlNode.Mapping::entries).orElse(List.of())) {
      String key = entry.key().text();
      if (!asked.contains(key)) {
        report(
            entry.key().span(),
            "unknown key `" + key + "` in `" + name + "`",
            "known are " + listed(asked) + Suggestion.didYouMean(key, asked));
      }
    }
  }

  /** A problem of the document at this place. */
  public void report(Span span, String message, String help) {
    problems.add(Problem.error(source.location(span), message, help));
  }

  private Span firstKeyOf() {
    return mapping
        .filter(found -> !found.entries().isEmpty())
        .map(found -> found.entries().get(0).key().span())
        .orElse(span());
  }

  private Optional<String> asString(String key, YamlNode value) {
    if (value instanceof YamlNode.Scalar scalar && scalar.tag() == YamlNode.Tag.STRING) {
      return Optional.of(scalar.text());
    }
    String help =
        value instanceof YamlNode.Scalar scalar && scalar.tag() != YamlNode.Tag.NULL
            ? "quote it: `\"" + scalar.text() + "\"`; YAML 1.1 reads it as " + value.kind()
            : "";
    report(value.span(), "`" + key + "` must be a string, not " + value.kind(), help);
    return Optional.empty();
  }

  private static String listed(Collection<String> words) {
    return String.join(", ", words.stream().map(word -> "`" + word + "`").toList());
  }
}
