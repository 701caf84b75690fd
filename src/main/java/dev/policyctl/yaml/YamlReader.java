package dev.policyctl.yaml;

import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the documents of a YAML stream within bounds: {@value #MAX_CHARS} chars, {@value
 * #MAX_DEPTH} levels, {@value #MAX_NODES} nodes after aliases are followed.
 */
public final class YamlReader {
  static final int MAX_CHARS = 64 * 1024 * 1024;
  static final int MAX_DEPTH = 100;
  static final int MAX_NODES = 2_000_000;
  private static final int MAX_ALIASES = 1_000;

  private final SourceText source;
  private final CodePoints codePoints;
  private final List<YamlNode> documents = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private int nodes;

  private YamlReader(SourceText source) {
    this.source = source;
    this.codePoints = new CodePoints(source.text());
  }

  /**
   * @param documents in order; an empty document is left out
   * @param problems a syntax error ends the reading; the documents before it are kept
   */
  public record Result(List<YamlNode> documents, List<Problem> problems) {
    public Result {
      documents = List.copyOf(documents);
      problems = List.copyOf(problems);
    }
  }

  public static Result read(SourceText source) {
    YamlReader reader = new YamlReader(source);
    reader.readAll();
    return new Result(reader.documents, reader.problems);
  }

  private void readAll() {
    if (source.text().length() > MAX_CHARS) {
      problems.add(
          Problem.error(
              Location.ofFile(source.path()),
              "the document is larger than " + MAX_CHARS / (1024 * 1024) + " MiB",
              "split it"));
      return;
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARS);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    Yaml yaml = new Yaml(new SafeConstructor(options));
    try {
      for (Node node : yaml.composeAll(new StringReader(source.text()))) {
        YamlNode document = convert(node, 0);
        if (!(document instanceof YamlNode.Scalar scalar && scalar.tag() == YamlNode.Tag.NULL)) {
          documents.add(document);
        }
      }
    } catch (MarkedYAMLException e) {
      problems.add(Problem.error(locate(e.getProblemMark()), "not YAML: " + oneLine(e), ""));
    } catch (YAMLException e) {
      problems.add(Problem.error(Location.ofFile(source.path()), "not YAML: " + firstLine(e), ""));
    }
  }

  private static String oneLine(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    return e.getContext() == null ? problem : problem + " " + e.getContext();
  }

  private static String firstLine(YAMLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private Location locate(Mark mark) {
    if (mark == null) {
      return Location.ofFile(source.path());
    }
    int at = codePoints.toCharIndex(mark.getIndex());
    return source.location(new Span(at, at));
  }

  private YamlNode convert(Node node, int depth) {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      throw new YAMLException("more than " + MAX_NODES + " nodes after following its aliases");
    }
    Span span = span(node);
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar, span);
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlNode> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(convert(item, depth + 1));
      }
      return new YamlNode.Sequence(items, span);
    }
    return mapping((MappingNode) node, span, depth);
  }

  private YamlNode mapping(MappingNode mapping, Span span, int depth) {
    List<YamlNode.Entry> entries = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(
            Problem.error(source.location(span(tuple.getKeyNode())), "a key must be a scalar", ""));
        continue;
      }
      entries.add(
          new YamlNode.Entry(scalar(key, span(key)), convert(tuple.getValueNode(), depth + 1)));
    }
    return new YamlNode.Mapping(entries, span);
  }

  private static YamlNode.Scalar scalar(ScalarNode node, Span span) {
    return new YamlNode.Scalar(node.getValue(), tag(node), span);
  }

  private static YamlNode.Tag tag(ScalarNode node) {
    return switch (node.getTag().getValue()) {
      case "tag:yaml.org,2002:str",
          "tag:yaml.org,2002:timestamp",
          "tag:yaml.org,2002:merge",
          "tag:yaml.org,2002:value" ->
          YamlNode.Tag.STRING;
      case "tag:yaml.org,2002:bool" -> YamlNode.Tag.BOOL;
      case "tag:yaml.org,2002:int" -> YamlNode.Tag.INT;
      case "tag:yaml.org,2002:float" -> YamlNode.Tag.FLOAT;
      case "tag:yaml.org,2002:null" -> YamlNode.Tag.NULL;
      default -> YamlNode.Tag.OTHER;
    };
  }

  private Span span(Node node) {
    return new Span(
        codePoints.toCharIndex(node.getStartMark().getIndex()),
        codePoints.toCharIndex(node.getEndMark().getIndex()));
  }
}
