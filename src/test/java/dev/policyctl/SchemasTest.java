package dev.policyctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.exception.ExceptionReader;
import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.lint.Configuration;
import dev.policyctl.policy.PolicyReader;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.testing.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/** The JSON Schemas allow what the readers of our documents accept. */
final class SchemasTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STRANGER = "zzzzzzzzzzzzzzzz";
  private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");

  /** A kind of document, and one that has every object which the kind knows. */
  private enum Kind {
    HOST_FACTS("host-facts", "docs/guide/facts.md"),
    STORAGE_POLICY("storage-policy", "docs/guide/policies.md"),
    STORAGE_POLICY_EXCEPTION("storage-policy-exception", "docs/guide/exceptions.md"),
    CONFIGURATION("configuration", "docs/guide/lint.md");

    private final String schema;
    private final String page;

    Kind(String schema, String page) {
      this.schema = schema;
      this.page = page;
    }

    JsonSchema schema() throws IOException {
      return JsonSchema.read(Path.of("schemas", schema + ".schema.json"));
    }

    /** The first YAML block of its guide. */
    String example() throws IOException {
      String text = Files.readString(Path.of(page));
      int start = text.indexOf("```yaml\n") + "```yaml\n".length();
      return text.substring(start, text.indexOf("\n```", start) + 1);
    }

    List<Problem> read(String yaml) {
      SourceText text = SourceText.of("document.yaml", yaml);
      return switch (this) {
        case HOST_FACTS -> HostFactsReader.read(text).problems();
        case STORAGE_POLICY -> PolicyReader.read(text).problems();
        case STORAGE_POLICY_EXCEPTION -> ExceptionReader.read(text).problems();
        case CONFIGURATION -> Configuration.read(text).problems();
      };
    }
  }

  private static JsonNode json(String yaml) {
    return JSON.valueToTree(new Yaml().load(yaml));
  }

  @ParameterizedTest
  @EnumSource
  void guideShowsADocumentThatReaderAndSchemaAccept(Kind kind) throws IOException {
    assertEquals(List.of(), kind.read(kind.example()));
    assertEquals(List.of(), kind.schema().problems(json(kind.example())));
  }

  /** A reader lists the keys that it knows when it is given another. */
  @TestFactory
  List<DynamicTest> readerAndSchemaKnowTheSameKeys() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (String place : objects(json(kind.example()), "")) {
        if (!kind.schema().keysAt(place).isEmpty()) {
          tests.add(DynamicTest.dynamicTest(kind + " " + place, () -> compareKeys(kind, place)));
        }
      }
    }
    return tests;
  }

  private static List<String> objects(JsonNode node, String place) {
    List<String> places = new ArrayList<>();
    if (node.isObject()) {
      places.add(place);
      node.properties()
          .forEach(it -> places.addAll(objects(it.getValue(), below(place, it.getKey()))));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      places.addAll(objects(node.get(i), below(place, Integer.toString(i))));
    }
    return places;
  }

  private static String below(String place, String step) {
    return place.isEmpty() ? step : place + "/" + step;
  }

  private static void compareKeys(Kind kind, String place) throws IOException {
    JsonNode document = json(kind.example());
    ((ObjectNode) (place.isEmpty() ? document : document.at("/" + place))).put(STRANGER, "x");
    List<Problem> problems = kind.read(new Yaml().dump(JSON.convertValue(document, Object.class)));
    assertEquals(1, problems.size(), problems.toString());
    Set<String> known = new TreeSet<>();
    Matcher words = QUOTED.matcher(problems.get(0).help());
    while (words.find()) {
      known.add(words.group(1));
    }
    assertEquals(known, kind.schema().keysAt(place));
    assertFalse(kind.schema().problems(document).isEmpty(), "the schema accepts another key");
  }

  /** Of what a schema can describe, each object stands in the example, so that it is compared. */
  @ParameterizedTest
  @EnumSource
  void guideShowsEveryObject(Kind kind) throws IOException {
    Set<String> shown = new TreeSet<>();
    for (String place : objects(json(kind.example()), "")) {
      shown.add(String.join(" ", kind.schema().keysAt(place)));
    }
    JsonNode schema =
        JSON.readTree(Files.readString(Path.of("schemas", kind.schema + ".schema.json")));
    Set<String> described = new TreeSet<>();
    for (JsonNode properties : schema.findValues("properties")) {
      Set<String> keys = new TreeSet<>();
      properties.fieldNames().forEachRemaining(keys::add);
      described.add(String.join(" ", keys));
    }
    described.remove("safety"); // The condition of a fix, no object.
    described.removeAll(shown);
    assertEquals(Set.of(), described);
  }

  @TestFactory
  List<DynamicTest> everyDocumentOfTheRepositoryIsValid() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path folder : List.of(Path.of("policies"), Path.of("examples"))) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(it -> it.toString().endsWith(".yaml")).sorted().toList()) {
          Set<String> kinds = new TreeSet<>();
          for (Object document : new Yaml().loadAll(Files.readString(file))) {
            tests.addAll(validity(file, JSON.valueToTree(document)));
            kinds.add(JSON.valueToTree(document).path("kind").asText());
          }
          tests.addAll(schemaForEditors(file, kinds));
        }
      }
    }
    return tests;
  }

  /** A file that has documents of one kind of ours names its schema in its first line. */
  private static List<DynamicTest> schemaForEditors(Path file, Set<String> kinds)
      throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (kinds.equals(Set.of(json(kind.example()).path("kind").asText()))) {
        String named =
            Files.readAllLines(file).get(0).replace("# yaml-language-server: $schema=", "");
        Path schema = file.getParent().resolve(named).normalize();
        tests.add(
            DynamicTest.dynamicTest(
                file + " in editors",
                () -> assertEquals(Path.of("schemas", kind.schema + ".schema.json"), schema)));
      }
    }
    return tests;
  }

  private static List<DynamicTest> validity(Path file, JsonNode document) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (json(kind.example()).path("kind").equals(document.path("kind"))) {
        tests.add(
            DynamicTest.dynamicTest(
                file.toString(), () -> assertEquals(List.of(), kind.schema().problems(document))));
      }
    }
    return tests;
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      textBlock =
          """
          HOST_FACTS | direct: standard | direct: perhaps
          HOST_FACTS | noCow: false | noCow: no way
          HOST_FACTS | devices: 2 | devices: -2
          HOST_FACTS | mountPoint: /mnt/tank | mountPoint: tank
          HOST_FACTS | value: buffered | value: slow
          HOST_FACTS | checksum: "on" | checksum: on
          HOST_FACTS | directIo: false | directIo: 0
          HOST_FACTS | kind: md-raid1 | kind: 1
          STORAGE_POLICY | severity: warning | severity: grave
          STORAGE_POLICY | target: volume | target: disk
          STORAGE_POLICY | safety: unsafe | safety: manual
          STORAGE_POLICY | fail: warn | fail: warning
          STORAGE_POLICY | name: writeback-cache | name: Writeback-cache
          STORAGE_POLICY_EXCEPTION | until: "2027-03-01" | until: soon
          STORAGE_POLICY_EXCEPTION | volumes: [scsi1] | volumes: scsi1
          CONFIGURATION | failOn: warning | failOn: never
          CONFIGURATION | facts: [facts/] | facts: facts/
          """)
  void readerAndSchemaRefuse(Kind kind, String right, String wrong) throws IOException {
    String text = kind.example();
    String changed = text.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
    assertFalse(changed.equals(text));
    assertFalse(kind.read(changed).isEmpty(), "the reader accepts it");
    assertFalse(kind.schema().problems(json(changed)).isEmpty(), "the schema accepts it");
  }
}
