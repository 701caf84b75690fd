package dev.policyctl.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** As much of JSON Schema as our schemas use; a keyword that it does not know is refused. */
public final class JsonSchema {
  private static final Set<String> KNOWN =
      Set.of(
          "$schema",
          "$id",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "enum",
          "const",
          "pattern",
          "minLength",
          "minimum",
          "minItems",
          "if",
          "then",
          "else",
          "not");

  private final JsonNode root;

  private JsonSchema(JsonNode root) {
    this.root = root;
  }

  public static JsonSchema read(Path file) throws IOException {
    return new JsonSchema(new ObjectMapper().readTree(Files.readString(file)));
  }

  /** What of the document the schema does not allow, a line each. */
  public List<String> problems(JsonNode document) {
    List<String> problems = new ArrayList<>();
    check(root, document, "", problems);
    return problems;
  }

  /** The keys that an object may have at a place such as {@code spec/files/0/loop}. */
  public Set<String> keysAt(String place) {
    Set<String> keys = new TreeSet<>();
    at(place).path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private JsonNode at(String place) {
    JsonNode schema = root;
    for (String step : place.isEmpty() ? new String[0] : place.split("/", -1)) {
      schema = resolved(schema);
      boolean isIndex = Character.isDigit(step.charAt(0));
      schema = isIndex ? schema.path("items") : schema.path("properties").path(step);
    }
    return resolved(schema);
  }

  private JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty() ? schema : root.at(reference.substring(1));
  }

  private void check(JsonNode written, JsonNode value, String place, List<String> problems) {
    JsonNode schema = resolved(written);
    schema
        .fieldNames()
        .forEachRemaining(
            keyword -> {
              if (!KNOWN.contains(keyword)) {
                throw new IllegalStateException("keyword " + keyword + " is not checked");
              }
            });
    checkValue(schema, value, place, problems);
    if (value.isObject()) {
      checkObject(schema, value, place, problems);
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      check(schema.path("items"), value.get(i), place + "/" + i, problems);
    }
    if (schema.has("if")) {
      boolean holds = isValid(schema.get("if"), value);
      check(schema.path(holds ? "then" : "else"), value, place, problems);
    }
  }

  private boolean isValid(JsonNode schema, JsonNode value) {
    List<String> problems = new ArrayList<>();
    check(schema, value, "", problems);
    return problems.isEmpty();
  }

  private void checkValue(JsonNode schema, JsonNode value, String place, List<String> problems) {
    boolean type = !schema.has("type") || hasType(schema.get("type"), value);
    boolean constant = !schema.has("const") || schema.get("const").equals(value);
    boolean among = !schema.has("enum") || contains(schema.get("enum"), value);
    boolean pattern =
        !schema.has("pattern")
            || Pattern.compile(schema.get("pattern").asText()).matcher(value.asText()).find();
    boolean length =
        value.asText().length() >= schema.path("minLength").asInt() || !value.isTextual();
    boolean minimum = !schema.has("minimum") || value.asLong() >= schema.get("minimum").asLong();
    boolean items = !value.isArray() || value.size() >= schema.path("minItems").asInt();
    boolean not = !schema.has("not") || !isValid(schema.get("not"), value);
    if (!(type && constant && among && pattern && length && minimum && items && not)) {
      problems.add(place + ": " + value + " does not fit " + schema);
    }
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (JsonNode each : values) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasType(JsonNode types, JsonNode value) {
    String actual =
        switch (value.getNodeType()) {
          case OBJECT -> "object";
          case ARRAY -> "array";
          case STRING -> "string";
          case BOOLEAN -> "boolean";
          case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
          default -> "null";
        };
    return types.isTextual()
        ? types.asText().equals(actual)
        : contains(types, TextNode.valueOf(actual));
  }

  private void checkObject(JsonNode schema, JsonNode value, String place, List<String> problems) {
    for (JsonNode key : schema.path("required")) {
      if (!value.has(key.asText())) {
        problems.add(place + ": lacks " + key.asText());
      }
    }
    JsonNode others = schema.path("additionalProperties");
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      JsonNode known = schema.path("properties").path(entry.getKey());
      if (known.isMissingNode() && others.isBoolean() && !others.asBoolean()) {
        problems.add(place + ": does not know " + entry.getKey());
      } else {
        String below = place + "/" + entry.getKey();
        check(known.isMissingNode() ? others : known, entry.getValue(), below, problems);
      }
    }
  }
}
