package dev.policyctl.format.kubernetes;

import dev.policyctl.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * A value inside an object, wherever the object comes from: a file has places, an admission review
 * has none. What is asked of an absent value, or of one of another kind, is absent too.
 */
public interface KubeNode {

  /** The kinds of JSON. */
  enum Kind {
    MAPPING("a mapping"),
    LIST("a list"),
    STRING("a string"),
    BOOLEAN("a boolean"),
    NUMBER("a number"),
    /** Absent, too: the API makes no difference. */
    NULL("null");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** For messages. */
    String word() {
      return word;
    }
  }

  /**
   * One field of a mapping.
   *
   * @param key place of its name; empty where the field comes from a mapping that is merged
   * @param valueAt place of its value: of an alias, the alias itself
   */
  record Field(String name, KubeNode value, Optional<Span> key, Optional<Span> valueAt) {
    /** Name and value together. */
    Optional<Span> place() {
      return key.flatMap(
          from -> valueAt.map(to -> new Span(from.start(), Math.max(from.end(), to.end()))));
    }
  }

  Kind kind();

  KubeNode get(String key);

  /** The fields of a mapping in order; of a key that stands twice the last. */
  List<Field> fields();

  Optional<Field> field(String key);

  List<KubeNode> items();

  /** A scalar as it is written, without quotes; empty for null and for what is no scalar. */
  String text();

  boolean isTrue();

  Optional<Span> span();

  default boolean isPresent() {
    return kind() != Kind.NULL;
  }

  default KubeNode at(String... path) {
    KubeNode node = this;
    for (String key : path) {
      node = node.get(key);
    }
    return node;
  }
}
