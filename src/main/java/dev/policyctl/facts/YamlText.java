package dev.policyctl.facts;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Writes values as YAML 1.1 text on one line, in quotes only where a reader would take them for
 * something else.
 */
final class YamlText {
  private static final Set<Tag> STRINGS = Set.of(Tag.STR, Tag.TIMESTAMP);

  /** Booleans to kubectl (sigs.k8s.io/yaml), strings to SnakeYAML. */
  private static final Set<String> BOOLEANS_TO_KUBECTL = Set.of("y", "Y", "n", "N");

  private static final Resolver RESOLVER = new Resolver();

  private YamlText() {}

  static String scalar(String text) {
    return isPlain(text) ? text : quoted(text);
  }

  static String list(List<String> items) {
    StringJoiner joined = new StringJoiner(", ", "[", "]");
    items.forEach(joined::add);
    return joined.toString();
  }

  static String strings(List<String> texts) {
    return list(texts.stream().map(YamlText::scalar).toList());
  }

  /** A mapping on one line; keys are ours and plain, absent values are left out. */
  static final class Flow {
    private final StringJoiner entries = new StringJoiner(", ", "{", "}");

    Flow string(String key, String value) {
      return raw(key, scalar(value));
    }

    Flow string(String key, Optional<String> value) {
      value.ifPresent(known -> string(key, known));
      return this;
    }

    Flow bool(String key, Optional<Boolean> value) {
      value.ifPresent(known -> raw(key, known.toString()));
      return this;
    }

    /** A value that is YAML already. */
    Flow raw(String key, String yaml) {
      entries.add(key + ": " + yaml);
      return this;
    }

    Flow raw(String key, Optional<String> yaml) {
      yaml.ifPresent(known -> raw(key, known));
      return this;
    }

    String text() {
      return entries.toString();
    }
  }

  private static boolean isPlain(String text) {
    if (text.isEmpty() || !isPlainStart(text.codePointAt(0)) || text.endsWith(":")) {
      return false;
    }
    boolean characters = text.codePoints().allMatch(YamlText::isPlainPart);
    return characters
        && !text.endsWith(" ")
        && !text.contains(": ")
        && !BOOLEANS_TO_KUBECTL.contains(text)
        && !text.startsWith("0o")
        && STRINGS.contains(RESOLVER.resolve(NodeId.scalar, text, true));
  }

  private static boolean isPlainStart(int c) {
    return Character.isLetterOrDigit(c) || c == '/' || c == '_';
  }

  private static boolean isPlainPart(int c) {
    return Character.isLetterOrDigit(c) || "/_.-+=@%: ();<>~^$".indexOf(c) >= 0;
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints().forEach(c -> appendEscaped(out, c));
    return out.append('"').toString();
  }

  private static void appendEscaped(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (StreamReader.isPrintable(c) && !isBreakOrMark(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(String.format(c > 0xFFFF ? "\\U%08X" : "\\u%04X", c));
        }
      }
    }
  }

  /** Printable to YAML, but line breaks of YAML 1.1 or a byte order mark. */
  private static boolean isBreakOrMark(int c) {
    return c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
  }
}
