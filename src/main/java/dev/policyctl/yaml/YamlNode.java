package dev.policyctl.yaml;

import dev.policyctl.source.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A YAML node with its place in the source. Aliases stand as the node they name. */
public sealed interface YamlNode {

  Span span();

  /** The word for its kind in messages. */
  String kind();

  /**
   * @param text as it stands after unquoting and folding
   * @param tag what YAML 1.1 takes it for: a bare {@code on} is {@link Tag#BOOL}
   */
  record Scalar(String text, Tag tag, Span span) implements YamlNode {
    @Override
    public String kind() {
      return switch (tag) {
        case STRING -> "a string";
        case BOOL -> "a boolean";
        case INT, FLOAT -> "a number";
        case NULL -> "null";
        case OTHER -> "a tagged value";
      };
    }

    /** Whether it is one of YAML 1.1's words for true. */
    public boolean isTrue() {
      return tag == Tag.BOOL
          && switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "y" -> true;
            default -> false;
          };
    }
  }

  /** The types of YAML 1.1 that plain scalars resolve to. Timestamps count as strings. */
  enum Tag {
    STRING,
    BOOL,
    INT,
    FLOAT,
    NULL,
    OTHER
  }

  record Sequence(List<YamlNode> items, Span span) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * @param entries in the source's order, duplicate keys too
   */
  record Mapping(List<Entry> entries, Span span) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    /** The value of a key; of several the last, as kubectl takes it. */
    public Optional<YamlNode> get(String key) {
      Optional<YamlNode> found = Optional.empty();
      for (Entry entry : entries) {
        if (entry.key().text().equals(key)) {
          found = Optional.of(entry.value());
        }
      }
      return found;
    }

    /** The text of a scalar below this key; empty when it is absent or no scalar. */
    public String text(String key) {
      return get(key).map(node -> node instanceof Scalar scalar ? scalar.text() : "").orElse("");
    }
  }

  /**
   * @param valueAt where the value is written: of an alias, the alias
   */
  record Entry(Scalar key, YamlNode value, Span valueAt) {}
}
