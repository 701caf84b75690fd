package dev.policyctl.yaml;

import java.util.Locale;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** What a scalar is taken for. */
final class ScalarTags {
  private static final ScalarTags OWN = new ScalarTags(new Resolver());
  private static final ScalarTags KUBECTL = new ScalarTags(kubectlResolver());

  private final Resolver resolver;

  private ScalarTags(Resolver resolver) {
    this.resolver = resolver;
  }

  static ScalarTags of(YamlReader.Dialect dialect) {
    return dialect == YamlReader.Dialect.KUBECTL ? KUBECTL : OWN;
  }

  /** YAML 1.1 has {@code y} and {@code n}; SnakeYAML leaves them out, kubectl takes them. */
  private static Resolver kubectlResolver() {
    Resolver resolver = new Resolver();
    resolver.addImplicitResolver(Tag.BOOL, Pattern.compile("[yYnN]"), "yYnN");
    return resolver;
  }

  YamlNode.Tag of(ScalarEvent event) {
    String stated = event.getTag();
    boolean untagged = stated == null || stated.equals("!");
    String tag =
        untagged
            ? resolver
                .resolve(
                    NodeId.scalar,
                    event.getValue(),
                    event.getImplicit().canOmitTagInPlainScalar() && stated == null)
                .getValue()
            : stated;
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

  /** A bare {@code <<}: quoted it is a key like any other. */
  static boolean isMergeKey(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getTag() == null
        && scalar.getValue().equals("<<");
  }

  /** JSON has strings for keys alone: a boolean becomes its canonical text. */
  static YamlNode.Scalar asKey(YamlNode.Scalar key) {
    return key.tag() == YamlNode.Tag.BOOL
        ? new YamlNode.Scalar(String.valueOf(key.isTrue()), YamlNode.Tag.STRING, key.span())
        : key;
  }

  static boolean isNoJsonNumber(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.endsWith(".inf") || lower.endsWith(".nan");
  }
}
