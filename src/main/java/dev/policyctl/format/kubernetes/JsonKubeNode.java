package dev.policyctl.format.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A value of a JSON tree, such as an admission review holds: it has no place. */
public record JsonKubeNode(JsonNode node) implements KubeNode {
  static final KubeNode ABSENT = new JsonKubeNode(MissingNode.getInstance());
  private static final Optional<Span> NOWHERE = Optional.empty();

  @Override
  public Kind kind() {
    return switch (node.getNodeType()) {
      case OBJECT, POJO -> Kind.MAPPING;
      case ARRAY -> Kind.LIST;
      case STRING, BINARY -> Kind.STRING;
      case BOOLEAN -> Kind.BOOLEAN;
      case NUMBER -> Kind.NUMBER;
      case NULL, MISSING -> Kind.NULL;
    };
  }

  @Override
  public KubeNode get(String key) {
    JsonNode value = node.get(key);
    return value == null ? ABSENT : new JsonKubeNode(value);
  }

  @Override
  public List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    node.properties()
        .forEach(
            it ->
                fields.add(
                    new Field(it.getKey(), new JsonKubeNode(it.getValue()), NOWHERE, NOWHERE)));
    return fields;
  }

  @Override
  public Optional<Field> field(String key) {
    return Optional.ofNullable(node.get(key))
        .map(value -> new Field(key, new JsonKubeNode(value), NOWHERE, NOWHERE));
  }

  @Override
  public List<KubeNode> items() {
    if (!node.isArray()) {
      return List.of();
    }
    List<KubeNode> items = new ArrayList<>(node.size());
    node.forEach(item -> items.add(new JsonKubeNode(item)));
    return items;
  }

  @Override
  public String text() {
    return node.isValueNode() && !node.isNull() ? node.asText() : "";
  }

  @Override
  public boolean isTrue() {
    return node.isBoolean() && node.booleanValue();
  }

  @Override
  public Optional<Span> span() {
    return NOWHERE;
  }
}
