package dev.policyctl.format.kubernetes;

import dev.policyctl.source.Span;
import dev.policyctl.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of a YAML file. */
record YamlKubeNode(YamlNode node) implements KubeNode {

  @Override
  public Kind kind() {
    if (node instanceof YamlNode.Scalar scalar) {
      return switch (scalar.tag()) {
        case STRING, OTHER -> Kind.STRING;
        case BOOL -> Kind.BOOLEAN;
        case INT, FLOAT -> Kind.NUMBER;
        case NULL -> Kind.NULL;
      };
    }
    return node instanceof YamlNode.Sequence ? Kind.LIST : Kind.MAPPING;
  }

  @Override
  public KubeNode get(String key) {
    return node instanceof YamlNode.Mapping mapping
        ? mapping.get(key).<KubeNode>map(YamlKubeNode::new).orElse(JsonKubeNode.ABSENT)
        : JsonKubeNode.ABSENT;
  }

  @Override
  public List<Field> fields() {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      return List.of();
    }
    Map<String, Field> last = new LinkedHashMap<>();
    for (YamlNode.Entry entry : mapping.entries()) {
      last.put(entry.key().text(), field(entry));
    }
    return List.copyOf(last.values());
  }

  @Override
  public Optional<Field> field(String key) {
    Optional<Field> last = Optional.empty();
    if (node instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        if (entry.key().text().equals(key)) {
          last = Optional.of(field(entry));
        }
      }
    }
    return last;
  }

  private Field field(YamlNode.Entry entry) {
    Span whole = node.span();
    Span key = entry.key().span();
    boolean own = whole.start() <= key.start() && key.end() <= whole.end();
    return new Field(
        entry.key().text(),
        new YamlKubeNode(entry.value()),
        own ? Optional.of(key) : Optional.empty(),
        own ? Optional.of(entry.valueAt()) : Optional.empty());
  }

  @Override
  public List<KubeNode> items() {
    return node instanceof YamlNode.Sequence sequence
        ? sequence.items().stream().<KubeNode>map(YamlKubeNode::new).toList()
        : List.of();
  }

  @Override
  public String text() {
    return node instanceof YamlNode.Scalar scalar && scalar.tag() != YamlNode.Tag.NULL
        ? scalar.text()
        : "";
  }

  @Override
  public boolean isTrue() {
    return node instanceof YamlNode.Scalar scalar && scalar.isTrue();
  }

  @Override
  public Optional<Span> span() {
    return Optional.of(node.span());
  }
}
