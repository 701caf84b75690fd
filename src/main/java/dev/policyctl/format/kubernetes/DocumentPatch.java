package dev.policyctl.format.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.source.SourceText;
import java.util.ArrayList;
import java.util.List;

/**
 * What an edit of a text changes in one of its objects, as a JSON Patch (RFC 6902) of that object.
 *
 * @param namespace empty where the object names none
 * @param operations at least one; paths begin at the object, also for an item of a {@code List}
 */
public record DocumentPatch(
    String apiVersion, String kind, String namespace, String name, ArrayNode operations) {
  /**
   * The patches of the objects that differ, in the text's order.
   *
   * @param after the text with edits of values: it has the same objects
   */
  public static List<DocumentPatch> between(SourceText before, SourceText after) {
    List<KubeObject> old = ObjectReader.read(before).objects();
    List<KubeObject> edited = ObjectReader.read(after).objects();
    if (old.size() != edited.size()) {
      throw new IllegalArgumentException("an edit added or removed an object");
    }
    List<DocumentPatch> patches = new ArrayList<>();
    for (int i = 0; i < old.size(); i++) {
      KubeObject object = old.get(i);
      ArrayNode operations = operations(json(object.root()), json(edited.get(i).root()));
      if (!operations.isEmpty()) {
        patches.add(
            new DocumentPatch(
                object.root().get("apiVersion").text(),
                object.objectKind().word(),
                object.namespace(),
                object.name(),
                operations));
      }
    }
    return patches;
  }

  /**
   * One line of JSON: the patch as {@code kubectl patch --type=json} takes it, and for what.
   *
   * @param path the file that the object stands in
   */
  public String line(String path) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("path", path)
        .put("apiVersion", apiVersion)
        .put("kind", kind)
        .put("namespace", namespace)
        .put("name", name)
        .set("patch", operations);
    return line.toString();
  }

  /**
   * What makes the one object the other, in one pass over both: a list may be as long as it likes.
   */
  public static ArrayNode operations(JsonNode before, JsonNode after) {
    ArrayNode operations = JsonNodeFactory.instance.arrayNode();
    addOperations("", before, after, operations);
    return operations;
  }

  private static void addOperations(
      String path, JsonNode before, JsonNode after, ArrayNode operations) {
    if (before.equals(after)) {
      return;
    }
    if (before instanceof ObjectNode && after instanceof ObjectNode) {
      ofObject(path, before, after, operations);
    } else if (before instanceof ArrayNode && before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        addOperations(path + "/" + i, before.get(i), after.get(i), operations);
      }
    } else if (before instanceof ArrayNode && isWithin(after, before)) {
      ofShortened(path, before, after, operations);
    } else {
      operation("replace", path, operations).set("value", after);
    }
  }

  private static void ofObject(String path, JsonNode before, JsonNode after, ArrayNode operations) {
    before
        .properties()
        .forEach(
            field -> {
              String at = path + "/" + escaped(field.getKey());
              JsonNode other = after.get(field.getKey());
              if (other == null) {
                operation("remove", at, operations);
              } else {
                addOperations(at, field.getValue(), other, operations);
              }
            });
    after
        .properties()
        .forEach(
            field -> {
              if (!before.has(field.getKey())) {
                operation("add", path + "/" + escaped(field.getKey()), operations)
                    .set("value", field.getValue());
              }
            });
  }

  /** Whether a list is the other one without some of its items. */
  private static boolean isWithin(JsonNode shorter, JsonNode longer) {
    int found = 0;
    for (int i = 0; i < longer.size() && found < shorter.size(); i++) {
      found += longer.get(i).equals(shorter.get(found)) ? 1 : 0;
    }
    return shorter.isArray() && found == shorter.size();
  }

  /** From the end, so that what is removed moves nothing that is named later. */
  private static void ofShortened(
      String path, JsonNode before, JsonNode after, ArrayNode operations) {
    int kept = after.size() - 1;
    for (int i = before.size() - 1; i >= 0; i--) {
      if (kept >= 0 && before.get(i).equals(after.get(kept))) {
        kept--;
      } else {
        operation("remove", path + "/" + i, operations);
      }
    }
  }

  private static ObjectNode operation(String word, String path, ArrayNode operations) {
    return operations.addObject().put("op", word).put("path", path);
  }

  /** As a part of a JSON Pointer (RFC 6901). */
  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  /** As kubectl would send it, but for numbers, which keep their text: none is ever edited. */
  static JsonNode json(KubeNode node) {
    return switch (node.kind()) {
      case MAPPING -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.fields().forEach(field -> object.set(field.name(), json(field.value())));
        yield object;
      }
      case LIST -> {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        node.items().forEach(item -> list.add(json(item)));
        yield list;
      }
      case BOOLEAN -> JsonNodeFactory.instance.booleanNode(node.isTrue());
      case STRING, NUMBER -> JsonNodeFactory.instance.textNode(node.text());
      case NULL -> JsonNodeFactory.instance.nullNode();
    };
  }
}
