package dev.policyctl.yaml;

import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.resolver.Resolver;

/** What a scalar is taken for. */
final class ScalarTags {
  private static final Resolver YAML = new Resolver();

  private ScalarTags() {}

  static YamlNode.Tag of(ScalarEvent event, YamlReader.Dialect dialect) {
    String stated = event.getTag();
    boolean plain = event.getImplicit().canOmitTagInPlainScalar() && stated == null;
    if (stated != null && !stated.equals("!")) {
      return of(stated);
    }
    if (dialect == YamlReader.Dialect.KUBECTL) {
      return plain ? KubectlScalar.tag(event.getValue()) : YamlNode.Tag.STRING;
    }
    return of(YAML.resolve(NodeId.scalar, event.getValue(), plain).getValue());
  }

  private static YamlNode.Tag of(String tag) {
    return switch (tag) {
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

  static boolean isBinary(ScalarEvent event) {
    return "tag:yaml.org,2002:binary".equals(event.getTag());
  }

  /** A bare {@code <<}: quoted it is a key like any other. */
  static boolean isMergeKey(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getTag() == null
        && scalar.getValue().equals("<<");
  }

  /**
   * Whether kubectl refuses a scalar because it is not of the type that it is tagged with: {@code
   * !!int yes}.
   */
  static boolean isMistagged(ScalarEvent event, YamlNode.Tag tag) {
    if (event.getTag() == null) {
      return false;
    }
    YamlNode.Tag own = KubectlScalar.tag(event.getValue());
    return switch (tag) {
      case BOOL, INT, NULL -> own != tag;
      case FLOAT -> own != YamlNode.Tag.FLOAT && own != YamlNode.Tag.INT;
      case STRING, OTHER -> false;
    };
  }

  /** JSON has strings for keys alone: a boolean or an integer becomes its canonical text. */
  static YamlNode.Scalar asKey(YamlNode.Scalar key) {
    String text =
        switch (key.tag()) {
          case BOOL -> String.valueOf(key.isTrue());
          case INT -> KubectlScalar.integer(key.text());
          default -> key.text();
        };
    return text.equals(key.text())
        ? key
        : new YamlNode.Scalar(text, YamlNode.Tag.STRING, key.span());
  }
}
