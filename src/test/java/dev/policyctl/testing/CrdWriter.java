package dev.policyctl.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Writes CustomResourceDefinitions of our documents: a JSON Schema of {@code schemas/}, made
 * structural, beside what only a cluster knows of.
 */
public final class CrdWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of JSON Schema what a structural schema has no place for. */
  private static final Set<String> DROPPED =
      Set.of(
          "$schema",
          "$id",
          "$defs",
          "title",
          "additionalProperties",
          "not",
          "const",
          "$ref",
          "if",
          "then",
          "else");

  private final JsonNode schema;

  private CrdWriter(JsonNode schema) {
    this.schema = schema;
  }

  /** A column of {@code kubectl get}. */
  public record Column(String name, String type, String path, int priority) {}

  /**
   * What a cluster must know beside the schema.
   *
   * @param uniqueNames lists of the spec whose items have names of their own
   * @param documentRules of CEL over the whole document, with their messages
   * @param rules of CEL over the spec, with their messages
   */
  public record Kind(
      String kind,
      String plural,
      List<String> shortNames,
      List<Column> columns,
      List<String> uniqueNames,
      Map<String, String> documentRules,
      Map<String, String> rules) {}

  public static String write(Path schema, Kind kind) throws IOException {
    return new CrdWriter(JSON.readTree(Files.readAllBytes(schema))).write(kind);
  }

  private String write(Kind kind) {
    ObjectNode root = JSON.createObjectNode();
    root.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
    root.putObject("metadata").put("name", kind.plural() + ".policyctl.dev");
    ObjectNode spec = root.putObject("spec");
    spec.put("group", "policyctl.dev").put("scope", "Cluster");
    ObjectNode names = spec.putObject("names");
    names
        .put("kind", kind.kind())
        .put("listKind", kind.kind() + "List")
        .put("plural", kind.plural())
        .put("singular", kind.kind().toLowerCase(java.util.Locale.ROOT));
    kind.shortNames().forEach(names.putArray("shortNames")::add);
    names.putArray("categories").add("policyctl");
    ObjectNode version = spec.putArray("versions").addObject();
    version.put("name", "v1alpha1").put("served", true).put("storage", true);
    version.putObject("subresources").putObject("status");
    ArrayNode columns = version.putArray("additionalPrinterColumns");
    for (Column column : kind.columns()) {
      columns
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("jsonPath", column.path())
          .put("priority", column.priority());
    }
    ObjectNode whole = version.putObject("schema").putObject("openAPIV3Schema");
    whole.put("type", "object").put("description", schema.path("description").asText());
    whole.putArray("required").add("spec");
    ObjectNode properties = whole.putObject("properties");
    properties.putObject("apiVersion").put("type", "string");
    properties.putObject("kind").put("type", "string");
    properties.putObject("metadata").put("type", "object");
    ObjectNode structural = structural(schema.at("/properties/spec"));
    for (String list : kind.uniqueNames()) {
      ObjectNode named = (ObjectNode) structural.at("/properties/" + list);
      named.put("x-kubernetes-list-type", "map").putArray("x-kubernetes-list-map-keys").add("name");
    }
    putRules(structural, kind.rules());
    putRules(whole, kind.documentRules());
    properties.set("spec", structural);
    properties.set("status", status());
    return yaml(root);
  }

  private static void putRules(ObjectNode schema, Map<String, String> rules) {
    ArrayNode written = JSON.createArrayNode();
    rules.forEach((rule, message) -> written.addObject().put("rule", rule).put("message", message));
    if (!written.isEmpty()) {
      schema.set("x-kubernetes-validations", written);
    }
  }

  private static ObjectNode status() {
    ObjectNode status = JSON.createObjectNode().put("type", "object");
    ObjectNode conditions = status.putObject("properties").putObject("conditions");
    conditions.put("type", "array");
    conditions.putArray("x-kubernetes-list-map-keys").add("type");
    conditions.put("x-kubernetes-list-type", "map");
    ObjectNode condition = conditions.putObject("items").put("type", "object");
    condition.putArray("required").add("type").add("status");
    ObjectNode fields = condition.putObject("properties");
    for (String name : List.of("type", "status", "reason", "message")) {
      fields.putObject(name).put("type", "string");
    }
    fields.putObject("lastTransitionTime").put("type", "string").put("format", "date-time");
    fields.putObject("observedGeneration").put("type", "integer").put("format", "int64");
    return status;
  }

  private ObjectNode structural(JsonNode node) {
    JsonNode source = node;
    if (node.has("$ref")) {
      source = schema.at(node.get("$ref").asText().substring(1));
    }
    ObjectNode result = JSON.createObjectNode();
    Iterator<Map.Entry<String, JsonNode>> fields = source.properties().iterator();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      switch (field.getKey()) {
        case "properties" -> {
          ObjectNode properties = result.putObject("properties");
          field
              .getValue()
              .properties()
              .forEach(it -> properties.set(it.getKey(), structural(it.getValue())));
        }
        case "items" -> result.set("items", structural(field.getValue()));
        default -> {
          if (!DROPPED.contains(field.getKey())) {
            result.set(field.getKey(), field.getValue());
          }
        }
      }
    }
    if (node.has("description")) {
      result.set("description", node.get("description"));
    }
    complete(source, result);
    return result;
  }

  /** A structural schema says every type, and what of a map is kept. */
  private static void complete(JsonNode source, ObjectNode result) {
    if (result.path("type").isArray()) {
      // A value that may be of several types.
      result.remove("type");
      result.put("x-kubernetes-preserve-unknown-fields", true);
      return;
    }
    if (source.has("const") && !source.has("enum")) {
      result.putArray("enum").add(source.get("const"));
    }
    if (!result.has("type")) {
      boolean ofTexts = result.has("enum") && result.at("/enum/0").isTextual();
      if (ofTexts) {
        result.put("type", "string");
      } else {
        result.put("x-kubernetes-preserve-unknown-fields", true);
      }
    }
    if (result.path("type").asText().equals("object") && !result.has("properties")) {
      JsonNode values = source.path("additionalProperties");
      if (values.isObject() && values.has("type") && values.get("type").isTextual()) {
        result.set("additionalProperties", values);
      } else {
        result.put("x-kubernetes-preserve-unknown-fields", true);
      }
    }
  }

  private static String yaml(JsonNode node) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(120);
    options.setSplitLines(false);
    return new Yaml(options).dump(JSON.convertValue(node, Map.class));
  }
}
