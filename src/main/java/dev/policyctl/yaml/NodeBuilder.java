package dev.policyctl.yaml;

import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.Event.ID;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/**
 * Makes nodes of a parser's events. An alias stands as the very node that it names: memory is
 * bounded by the text, and the count of nodes by what a reader that follows every alias would see.
 */
final class NodeBuilder {
  private static final Span NO_ALIAS = new Span(0, 0);

  private final Parser events;
  private final CodePoints codePoints;
  private final YamlReader.Dialect dialect;
  private final boolean kubectl;
  private final SourceText source;
  private final List<Problem> problems;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int nodes;

  NodeBuilder(
      Parser events,
      CodePoints codePoints,
      YamlReader.Dialect dialect,
      SourceText source,
      List<Problem> problems) {
    this.events = events;
    this.codePoints = codePoints;
    this.dialect = dialect;
    this.kubectl = dialect == YamlReader.Dialect.KUBECTL;
    this.source = source;
    this.problems = problems;
  }

  /**
   * @param size number of nodes in it, itself included
   */
  private record Anchored(YamlNode node, int size) {}

  /** The rest of the text cannot be read. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Span at;

    Refusal(String message, Span at) {
      super(message, null, false, false);
      this.at = at;
    }

    Span at() {
      return at;
    }
  }

  void readInto(List<YamlNode> documents) {
    while (!events.checkEvent(ID.StreamEnd)) {
      Event event = events.getEvent();
      if (event instanceof DocumentStartEvent start) {
        refuseVersion(start);
        anchors.clear();
        YamlNode document = node(0);
        if (!isNull(document)) {
          documents.add(document);
        }
      }
    }
  }

  /** SnakeYAML takes every 1.x for 1.1, go-yaml, of which kubectl is made, 1.1 alone. */
  private void refuseVersion(DocumentStartEvent start) {
    Span span = span(start);
    String text = source.slice(span);
    if (kubectl && text.startsWith("%YAML") && !text.contains("1.1")) {
      throw new Refusal(
          "found incompatible YAML document: kubectl reads YAML 1.1",
          new Span(span.start(), span.start() + "%YAML 1.x".length()));
    }
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.tag() == YamlNode.Tag.NULL;
  }

  private YamlNode node(int depth) {
    NodeEvent event = (NodeEvent) events.getEvent();
    if (event instanceof AliasEvent alias) {
      return named(alias);
    }
    int before = nodes;
    count(1, event);
    if (depth > YamlReader.MAX_DEPTH) {
      throw new Refusal("nested more than " + YamlReader.MAX_DEPTH + " levels deep", span(event));
    }
    YamlNode node = content(event, depth);
    if (event.getAnchor() != null) {
      anchors.put(event.getAnchor(), new Anchored(node, nodes - before));
    }
    return node;
  }

  private YamlNode content(NodeEvent event, int depth) {
    if (event.getAnchor() != null) {
      anchors.remove(event.getAnchor());
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    return event instanceof SequenceStartEvent
        ? sequence(event, depth)
        : mapping((MappingStartEvent) event, depth);
  }

  private YamlNode named(AliasEvent alias) {
    Anchored anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      throw new Refusal(
          "found undefined alias `" + alias.getAnchor() + "`, or one inside its own anchor",
          span(alias));
    }
    count(anchored.size(), alias);
    return anchored.node();
  }

  private void count(int more, Event at) {
    nodes += more;
    if (nodes > YamlReader.MAX_NODES) {
      throw new Refusal(
          "more than " + YamlReader.MAX_NODES + " nodes after following its aliases", span(at));
    }
  }

  private YamlNode.Scalar scalar(ScalarEvent event) {
    YamlNode.Tag tag = ScalarTags.of(event, dialect);
    if (kubectl && tag == YamlNode.Tag.FLOAT && KubectlScalar.isNoJsonNumber(event.getValue())) {
      report(span(event), "`" + event.getValue() + "` is no number in JSON", "");
    } else if (kubectl && ScalarTags.isMistagged(event, tag)) {
      report(span(event), "`" + event.getValue() + "` is not of the type of its tag", "");
    }
    if (kubectl && ScalarTags.isBinary(event)) {
      return binary(event);
    }
    return new YamlNode.Scalar(event.getValue(), tag, span(event));
  }

  /** kubectl sends the bytes that such a scalar encodes, as text. */
  private YamlNode.Scalar binary(ScalarEvent event) {
    String text = event.getValue();
    try {
      byte[] bytes = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
      text = new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      report(span(event), "`" + event.getValue() + "` is no base64", "");
    }
    return new YamlNode.Scalar(text, YamlNode.Tag.STRING, span(event));
  }

  private YamlNode sequence(Event start, int depth) {
    List<YamlNode> items = new ArrayList<>();
    while (!events.checkEvent(ID.SequenceEnd)) {
      items.add(node(depth + 1));
    }
    return new YamlNode.Sequence(items, span(start, events.getEvent()));
  }

  private YamlNode mapping(MappingStartEvent start, int depth) {
    List<YamlNode.Entry> own = new ArrayList<>();
    List<YamlNode.Entry> all = new ArrayList<>();
    while (!events.checkEvent(ID.MappingEnd)) {
      boolean merge = kubectl && ScalarTags.isMergeKey(events.peekEvent());
      YamlNode key = node(depth + 1);
      Span alias = events.checkEvent(ID.Alias) ? span(events.peekEvent()) : NO_ALIAS;
      YamlNode value = node(depth + 1);
      if (!(key instanceof YamlNode.Scalar scalar)) {
        report(key.span(), "a key must be a scalar", "");
      } else if (kubectl && isNull(key)) {
        report(key.span(), "a key must not be null", "");
      } else if (merge) {
        merge(value, all);
      } else {
        YamlNode.Scalar text = kubectl ? ScalarTags.asKey(scalar) : scalar;
        YamlNode.Entry entry =
            new YamlNode.Entry(text, value, alias.equals(NO_ALIAS) ? value.span() : alias);
        own.add(entry);
        all.add(entry);
      }
    }
    Span span = span(start, events.getEvent());
    if (kubectl) {
      reportDuplicates(own);
    }
    count(all.size() - own.size(), start);
    return new YamlNode.Mapping(all, span);
  }

  /**
   * Merged entries stand where {@code <<} does, and the last of a name counts: go-yaml 2.4 lets a
   * merge replace the keys before it. Of a list of mappings the first one's key counts.
   */
  private void merge(YamlNode value, List<YamlNode.Entry> all) {
    if (value instanceof YamlNode.Mapping mapping) {
      all.addAll(mapping.entries());
    } else if (value instanceof YamlNode.Sequence sequence
        && sequence.items().stream().allMatch(YamlNode.Mapping.class::isInstance)) {
      for (int i = sequence.items().size() - 1; i >= 0; i--) {
        merge(sequence.items().get(i), all);
      }
    } else {
      report(value.span(), "`<<` must name mappings, not " + value.kind(), "");
    }
  }

  private void reportDuplicates(List<YamlNode.Entry> entries) {
    Set<String> seen = new HashSet<>();
    for (YamlNode.Entry entry : entries) {
      if (!seen.add(entry.key().text())) {
        report(
            entry.key().span(),
            "`" + entry.key().text() + "` stands twice",
            "remove one: kubectl silently takes the last");
      }
    }
  }

  private void report(Span at, String message, String help) {
    problems.add(Problem.error(source.location(at), message, help));
  }

  private Span span(Event event) {
    return span(event, event);
  }

  private Span span(Event start, Event end) {
    int from = codePoints.toCharIndex(start.getStartMark().getIndex());
    int to = codePoints.toCharIndex(end.getEndMark().getIndex());
    return new Span(Math.min(from, to), Math.max(from, to));
  }
}
