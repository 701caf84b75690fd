package dev.policyctl.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The OpenAPI document of the HTTP API, and whether answers are what it says. */
public final class ApiDocument {
  public static final Path FILE =
      Path.of("src/main/resources/dev/policyctl/admission/openapi.yaml");

  private static final String NAME = "https://policyctl.invalid/openapi";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;
  private final JsonSchemaFactory schemas;

  private ApiDocument(JsonNode root) {
    this.root = root;
    this.schemas =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder -> builder.schemaLoaders(it -> it.schemas(Map.of(NAME, root.toString()))));
  }

  public static ApiDocument read() throws IOException {
    return new ApiDocument(Chart.objects(Files.readString(FILE)).get(0));
  }

  /** The paths and what is said of them. */
  public JsonNode paths() {
    return root.path("paths");
  }

  /** What a node says, or what it refers to. */
  public JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : root.at(reference.substring(1));
  }

  /** The schema of what is answered: the document has the status, the type and the form. */
  public void assertTells(String verb, HttpResponse<String> response) throws IOException {
    String path = response.uri().getPath();
    String place = "/paths/" + path.replace("/", "~1") + "/" + verb + "/responses/";
    place += response.statusCode();
    JsonNode answer = root.at(place);
    assertTrue(!answer.isMissingNode(), "not told of: " + place);
    if (answer.has("$ref")) {
      place = answer.get("$ref").asText().substring(1);
    }
    String type = response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    JsonNode content = root.at(place).path("content").path(type);
    assertTrue(!content.isMissingNode(), type + " is not told of: " + place);
    if (type.equals("application/json")) {
      String at = NAME + "#" + place + "/content/" + type.replace("/", "~1") + "/schema";
      JsonSchema schema = schemas.getSchema(SchemaLocation.of(at));
      Set<ValidationMessage> problems = schema.validate(JSON.readTree(response.body()));
      assertEquals(Set.of(), problems, response.body());
    }
  }

  /** The values that a parameter of an operation may have. */
  public List<String> valuesOf(JsonNode operation, String parameter) {
    List<String> values = new ArrayList<>();
    for (JsonNode written : operation.path("parameters")) {
      JsonNode each = resolved(written);
      if (each.path("name").asText().equals(parameter)) {
        each.at("/schema/enum").forEach(value -> values.add(value.asText()));
      }
    }
    return values;
  }
}
