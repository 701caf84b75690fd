package dev.policyctl.format.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.source.SourceText;
import io.fabric8.zjsonpatch.DiffFlags;
import io.fabric8.zjsonpatch.JsonDiff;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * What an edit of a text changes in one of its objects, as a JSON Patch (RFC 6902) of that object.
 *
 * @param namespace empty where the object names none
 * @param operations at least one; paths begin at the object, also for an item of a {@code List}
 */
public record DocumentPatch(
    String apiVersion, String kind, String namespace, String name, ArrayNode operations) {
  private static final EnumSet<DiffFlags> PLAIN =
      EnumSet.of(
          DiffFlags.OMIT_MOVE_OPERATION,
          DiffFlags.OMIT_COPY_OPERATION,
          DiffFlags.OMIT_VALUE_ON_REMOVE);

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

  /** What makes the one object the other. */
  public static ArrayNode operations(JsonNode before, JsonNode after) {
    return (ArrayNode) JsonDiff.asJson(before, after, PLAIN);
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
