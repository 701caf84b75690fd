package dev.policyctl.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.policyctl.lint.Formats;
import dev.policyctl.report.ReportFormat;
import dev.policyctl.testing.ApiDocument;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.junit.jupiter.api.Test;

/** The OpenAPI document is valid and tells what the classes that answer declare. */
class OpenApiTest {
  private static final List<Class<?>> RESOURCES = List.of(HttpApi.class, ApiDescription.class);

  @Test
  void isAValidDocument() throws IOException {
    SwaggerParseResult result =
        new OpenAPIV3Parser().readContents(Files.readString(ApiDocument.FILE), null, null);
    assertEquals(List.of(), result.getMessages());
    assertEquals("3.1.0", result.getOpenAPI().getOpenapi());
    assertEquals(4, result.getOpenAPI().getPaths().size());
  }

  @Test
  void tellsEveryOperationWithItsParameters() throws IOException {
    ApiDocument document = ApiDocument.read();
    Map<String, Set<String>> told = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : document.paths().properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        told.put(operation.getKey() + " " + path.getKey(), toldOf(document, operation.getValue()));
      }
    }
    assertEquals(declared(), told);
  }

  private static Set<String> toldOf(ApiDocument document, JsonNode operation) {
    Set<String> told = new TreeSet<>();
    for (JsonNode each : operation.path("parameters")) {
      JsonNode parameter = document.resolved(each);
      told.add(parameter.path("in").asText() + " " + parameter.path("name").asText());
    }
    JsonNode form =
        document
            .resolved(operation.path("requestBody"))
            .at("/content/multipart~1form-data/schema/properties");
    form.fieldNames().forEachRemaining(name -> told.add("form " + name));
    return told;
  }

  private static Map<String, Set<String>> declared() {
    Map<String, Set<String>> declared = new TreeMap<>();
    for (Class<?> resource : RESOURCES) {
      for (Method method : resource.getDeclaredMethods()) {
        verb(method)
            .ifPresent(
                verb ->
                    declared
                        .computeIfAbsent(verb + " " + path(resource, method), it -> new TreeSet<>())
                        .addAll(parameters(method)));
      }
    }
    return declared;
  }

  private static Optional<String> verb(Method method) {
    return method.isAnnotationPresent(GET.class)
        ? Optional.of("get")
        : Optional.of("post").filter(it -> method.isAnnotationPresent(POST.class));
  }

  private static String path(Class<?> resource, Method method) {
    Path own = method.getAnnotation(Path.class);
    String base = resource.getAnnotation(Path.class).value();
    return own == null ? base : base + "/" + own.value();
  }

  private static Set<String> parameters(Method method) {
    Set<String> names = new TreeSet<>();
    for (Parameter parameter : method.getParameters()) {
      if (parameter.isAnnotationPresent(RestQuery.class)) {
        names.add("query " + parameter.getName());
      } else if (parameter.isAnnotationPresent(RestForm.class)) {
        names.add("form " + parameter.getName());
      }
    }
    return names;
  }

  @Test
  void listsTheReportsAndTheFormatsThatThereAre() throws IOException {
    ApiDocument document = ApiDocument.read();
    JsonNode lint = document.paths().at("/~1api~1v1~1lint/post");
    assertEquals(
        Arrays.stream(ReportFormat.values()).map(ReportFormat::word).toList(),
        document.valuesOf(lint, "report"));
    Set<String> types = new TreeSet<>();
    lint.at("/responses/200/content").fieldNames().forEachRemaining(types::add);
    Stream<String> mediaTypes = Arrays.stream(ReportFormat.values()).map(ReportFormat::mediaType);
    assertEquals(new TreeSet<>(mediaTypes.toList()), types);
    JsonNode inspect = document.paths().at("/~1api~1v1~1inspect/post");
    for (JsonNode operation : List.of(lint, inspect)) {
      assertEquals(Formats.names(), document.valuesOf(operation, "as"));
    }
  }
}
