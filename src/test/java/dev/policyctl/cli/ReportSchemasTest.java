package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.policyctl.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reports in JSON are what their schemas say, no more and no less. */
final class ReportSchemasTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RESOURCES = Path.of("src/test/resources");

  private static final String ACCEPTED =
      """
      #policyctl:allow unsafe-cache until=2999-01-01 reason=rebuilt
      scsi0: tank:100/vm-100-disk-0.raw,cache=unsafe,size=1G
      """;

  @TempDir static Path folder;

  private enum Kind {
    LINT {
      @Override
      String schema() {
        return ReportSchemas.lint();
      }

      @Override
      List<String> reports() throws IOException {
        List<String> all = new ArrayList<>();
        all.add(Files.readString(RESOURCES.resolve("reports/sample.json")));
        all.add(out("lint", "--format", "json", "--verbose", "examples", "policies"));
        all.add(out("lint", "--format", "json", "--verbose", guest(ACCEPTED)));
        return all;
      }
    },
    INSPECT {
      @Override
      String schema() {
        return ReportSchemas.inspect();
      }

      @Override
      List<String> reports() throws IOException {
        return List.of(
            out("inspect", "--format", "json", guest("scsi0: tank:a,cache=nonsense\n")),
            out("inspect", "--format", "json", "examples"),
            out("inspect", "--format", "json", "policies"));
      }
    },
    DIAGNOSE {
      @Override
      String schema() {
        return ReportSchemas.diagnose();
      }

      @Override
      List<String> reports() throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("diagnose"))) {
          for (Path file : files.filter(it -> it.toString().endsWith(".json")).toList()) {
            all.add(Files.readString(file));
          }
        }
        return all;
      }
    };

    abstract String schema();

    /** Real ones, which show every key that there is. */
    abstract List<String> reports() throws IOException;

    Path file() {
      String name = name().toLowerCase(Locale.ROOT) + "-report.schema.json";
      return Path.of("schemas", name);
    }
  }

  private static String out(String... arguments) {
    return Cli.run(arguments).out();
  }

  private static String guest(String text) throws IOException {
    Path guests =
        Files.createDirectories(Files.createTempDirectory(folder, "world").resolve("qemu-server"));
    return Files.writeString(guests.resolve("100.conf"), text).toString();
  }

  private static Set<?> problems(String schema, JsonNode report) {
    JsonSchema read =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    return read.validate(report);
  }

  @ParameterizedTest
  @EnumSource
  void theSchemaIsUpToDate(Kind kind) throws IOException {
    GeneratedFile.assertIs(kind.file(), kind.schema());
  }

  @ParameterizedTest
  @EnumSource
  void reportsAreValidAndShowEveryKey(Kind kind) throws IOException {
    Set<String> shown = new TreeSet<>();
    for (String report : kind.reports()) {
      JsonNode document = JSON.readTree(report);
      assertEquals(Set.of(), problems(kind.schema(), document));
      keys(document, shown);
    }
    Set<String> described = new TreeSet<>();
    described(JSON.readTree(kind.schema()), described);
    described.removeAll(shown);
    assertEquals(Set.of(), described, "no report has them");
  }

  private static void keys(JsonNode node, Set<String> keys) {
    node.fieldNames().forEachRemaining(keys::add);
    node.forEach(child -> keys(child, keys));
  }

  private static void described(JsonNode schema, Set<String> keys) {
    schema.path("properties").fieldNames().forEachRemaining(keys::add);
    schema.forEach(child -> described(child, keys));
  }

  @Test
  void anotherKeyAndAnotherWordAreRefused() throws IOException {
    String report = Files.readString(RESOURCES.resolve("reports/sample.json"));
    JsonNode strange = JSON.readTree(report);
    ((ObjectNode) strange.at("/findings/0")).put("colour", "red");
    assertFalse(problems(ReportSchemas.lint(), strange).isEmpty());
    JsonNode wrong = JSON.readTree(report);
    ((ObjectNode) wrong.at("/findings/0")).put("verdict", "maybe");
    assertFalse(problems(ReportSchemas.lint(), wrong).isEmpty());
  }
}
