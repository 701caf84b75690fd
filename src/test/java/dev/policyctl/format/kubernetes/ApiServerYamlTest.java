package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.policyctl.source.SourceText;
import dev.policyctl.testing.ApiServer;
import dev.policyctl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Our view of a manifest against what kubectl and a real API server make of the same text. Skipped
 * where {@link ApiServer} does not find its programs.
 */
class ApiServerYamlTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REFUSED = "refused";

  /**
   * One text and what becomes of it.
   *
   * @param written what stands after {@code v:}; a line break as {@code \n}
   * @param stored as JSON, or {@value #REFUSED}
   * @param problem ours; empty for none
   */
  record Untyped(String id, String written, String stored, String problem) {
    /** {@code data} of a ControllerRevision may be any object, and is kept as it comes. */
    String manifest() {
      return "apiVersion: apps/v1\nkind: ControllerRevision\nmetadata: {name: "
          + id
          + "}\nrevision: 1\ndata:\n  v: "
          + written.replace("\\n", "\n")
          + "\n";
    }

    @Override
    public String toString() {
      return written;
    }
  }

  /**
   * A value in a field of a fixed type.
   *
   * @param stored as JSON, or {@value #REFUSED}
   */
  record Typed(String id, Place place, String written, String stored) {
    /** A text that begins with a brace is JSON to kubectl, so a document's start stands before. */
    String manifest() {
      return "---\n" + place.manifest.replace("NAME", id).replace("VALUE", written);
    }

    @Override
    public String toString() {
      return place + ": " + written;
    }
  }

  private enum Place {
    ANNOTATION(
        KubeNode.Kind.STRING,
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: NAME, annotations: {v: VALUE}}}",
        "/metadata/annotations/v"),
    DATA(
        KubeNode.Kind.STRING,
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: NAME}, data: {v: VALUE}}",
        "/data/v"),
    FLAG(
        KubeNode.Kind.BOOLEAN,
        "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: NAME},"
            + " provisioner: x.example, allowVolumeExpansion: VALUE}",
        "/allowVolumeExpansion"),
    NUMBER(
        KubeNode.Kind.NUMBER,
        "{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: NAME},"
            + " spec: {leaseDurationSeconds: VALUE}}",
        "/spec/leaseDurationSeconds");

    private final KubeNode.Kind wanted;
    private final String manifest;
    private final String pointer;

    Place(KubeNode.Kind wanted, String manifest, String pointer) {
      this.wanted = wanted;
      this.manifest = manifest;
      this.pointer = pointer;
    }
  }

  static final List<Untyped> UNTYPED =
      rows("""
              # written                     | stored
              y                             | true
              Y                             | true
              yes                           | true
              Yes                           | true
              YES                           | true
              on                            | true
              On                            | true
              ON                            | true
              true                          | true
              True                          | true
              TRUE                          | true
              n                             | false
              N                             | false
              no                            | false
              No                            | false
              NO                            | false
              off                           | false
              Off                           | false
              OFF                           | false
              false                         | false
              False                         | false
              FALSE                         | false
              !!bool yes                    | true
              !!bool "yes"                  | true
              tRue                          | "tRue"
              yEs                           | "yEs"
              'yes'                         | "yes"
              "on"                          | "on"
              !!str yes                     | "yes"
              !foo yes                      | "yes"
              ! yes                         | "yes"
                                            | null
              ~                             | null
              null                          | null
              Null                          | null
              NULL                          | null
              nUll                          | "nUll"
              ""                            | ""
              0                             | 0
              -0                            | 0
              014                           | 12
              0o14                          | 12
              0O14                          | 12
              -0o14                         | -12
              0o18                          | "0o18"
              017                           | 15
              08                            | 8
              0x1F                          | 31
              0X1f                          | 31
              -0x1F                         | -31
              0x                            | "0x"
              0b11                          | 3
              0b12                          | "0b12"
              1_000                         | 1000
              1__0_                         | 10
              _1                            | "_1"
              +1                            | 1
              +                             | "+"
              9223372036854775807           | 9223372036854775807
              !!int "5"                     | 5
              !!float 5                     | 5
              1e3                           | 1000
              1E3                           | 1000
              1e+3                          | 1000
              1e                            | "1e"
              1.0                           | 1
              1.                            | 1
              1.5                           | 1.5
              .5                            | 0.5
              -.5                           | -0.5
              ._5                           | "._5"
              .                             | "."
              1_000.5                       | 1000.5
              1.5.0                         | "1.5.0"
              6.8.12-4                      | "6.8.12-4"
              10Gi                          | "10Gi"
              0x1p4                         | "0x1p4"
              1e400                         | "1e400"
              1:30                          | "1:30"
              190:20:30                     | "190:20:30"
              1:30.5                        | "1:30.5"
              2026-11-23                    | "2026-11-23"
              2026-11-23T10:00:00Z          | "2026-11-23T10:00:00Z"
              2026-11-23 10:00:00           | "2026-11-23 10:00:00"
              2026-13                       | "2026-13"
              =                             | "="
              <<                            | "<<"
              !!binary aGk=                 | "hi"
              .inf                          | refused | `.inf` is no number in JSON
              -.Inf                         | refused | `-.Inf` is no number in JSON
              .nan                          | refused | `.nan` is no number in JSON
              iNf                           | "iNf"
              !!int yes                     | refused | `yes` is not of the type of its tag
              "a\\tb\\u0041"                | "a\\tbA"
              'it''s'                       | "it's"
              a # b                         | "a"
              a#b                           | "a#b"
              |-\\n    a\\n    b            | "a\\nb"
              >\\n    a\\n    b             | "a b\\n"
              a\\n    b                     | "a b"
              [yes, ~, 1, a]                | [true, null, 1, "a"]
              {a: {b: [on]}}                | {"a": {"b": [true]}}
              {yes: 1}                      | {"true": 1}
              {'yes': 1}                    | {"yes": 1}
              {off: 1}                      | {"false": 1}
              {1: a}                        | {"1": "a"}
              {1.5: a}                      | {"1.5": "a"}
              {0x1F: a}                     | {"31": "a"}
              {1_000: a}                    | {"1000": "a"}
              {2026-11-23: a}               | {"2026-11-23": "a"}
              {~: a}                        | refused | a key must not be null
              {[a]: 1}                      | refused | a key must be a scalar
              {a: 1, a: 2}                  | {"a": 2} | `a` stands twice
              {a: 1, 'a': 2}                | {"a": 2} | `a` stands twice
              {a: {b: 1}, a: {c: 2}}        | {"a": {"c": 2}} | `a` stands twice
              {yes: 1, true: 2}             | {"true": 2} | `true` stands twice
              [&x {a: 1}, *x]               | [{"a": 1}, {"a": 1}]
              [&x yes, *x]                  | [true, true]
              {&x a: 1, b: *x}              | {"a": 1, "b": "a"}
              {&x a: 1, *x : 2}             | {"a": 2} | `a` stands twice
              [&x 1, &x 2, *x]              | [1, 2, 2]
              [&x {a: 1, b: 2}, {<<: *x}]              | [{"a": 1, "b": 2}, {"a": 1, "b": 2}]
              [&x {a: 1, b: 2}, {<<: *x, b: 3}]        | [{"a": 1, "b": 2}, {"a": 1, "b": 3}]
              [&x {a: 1, b: 2}, {b: 3, <<: *x}]        | [{"a": 1, "b": 2}, {"a": 1, "b": 2}]
              [&x {a: 1}, &z {a: 2}, {<<: *x, <<: *z}]   | [{"a": 1}, {"a": 2}, {"a": 2}]
              [&x {a: 1}, &z {a: 5, b: 2}, {<<: [*x, *z]}] | [{"a": 1}, {"a": 5, "b": 2}, {"a": 1, "b": 2}]
              [&x {a: 1}, {"<<": *x}]                  | [{"a": 1}, {"<<": {"a": 1}}]
              [&x {a: 1}, &y {<<: *x, b: 2}, {<<: *y}] | [{"a": 1}, {"a": 1, "b": 2}, {"a": 1, "b": 2}]
              {<<: {a: 1}}                  | {"a": 1}
              {<<: 1}                       | refused | `<<` must name mappings, not a number
              *nobody                       | refused | not YAML: found undefined alias `nobody`, or one inside its own anchor
              &x [*x]                       | refused | not YAML: found undefined alias `x`, or one inside its own anchor
              [1                            | refused | not YAML
              @a                            | refused | not YAML
              %a                            | refused | not YAML
              """)
          .map(it -> new Untyped("r" + it.number, it.cell(0), it.cell(1), it.cell(2)))
          .toList();

  static final List<Typed> TYPED =
      rows("""
              # place    | written    | stored
              ANNOTATION | yes        | refused
              ANNOTATION | "yes"      | "yes"
              ANNOTATION | 1          | refused
              ANNOTATION | 0o17       | refused
              ANNOTATION | 08         | refused
              ANNOTATION | 1_000      | refused
              ANNOTATION | 1:30       | "1:30"
              ANNOTATION | 2026-11-23 | "2026-11-23"
              ANNOTATION | ~          | ""
              DATA       | on         | refused
              DATA       | 'on'       | "on"
              DATA       | 1e3        | refused
              DATA       | 1:30       | "1:30"
              DATA       | =          | "="
              DATA       | {}         | refused
              FLAG       | yes        | true
              FLAG       | y          | true
              FLAG       | Off        | false
              FLAG       | ~          | absent
              FLAG       | "true"     | refused
              FLAG       | 1          | refused
              NUMBER     | 014        | 12
              NUMBER     | 0o14       | 12
              NUMBER     | 08         | 8
              NUMBER     | 0x1F       | 31
              NUMBER     | 1_000      | 1000
              NUMBER     | 1e3        | 1000
              NUMBER     | 1.0        | 1
              NUMBER     | "12"       | refused
              NUMBER     | 1:30       | refused
              NUMBER     | ~          | absent
              """)
          .map(it -> new Typed("t" + it.number, Place.valueOf(it.cell(0)), it.cell(1), it.cell(2)))
          .toList();

  private static final Map<String, JsonNode> STORED = new HashMap<>();
  private static String kubectlSaid = "";

  private record Row(int number, List<String> cells) {
    String cell(int index) {
      return index < cells.size() ? cells.get(index).strip() : "";
    }
  }

  private static Stream<Row> rows(String table) {
    List<String> lines = table.lines().filter(line -> !line.startsWith("#")).toList();
    return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
        .map(i -> new Row(i, List.of(lines.get(i).split(" \\| ", -1))));
  }

  /** Skips in {@link #needsAnApiServer} instead: a class that is skipped whole is not counted. */
  @BeforeAll
  static void storeEverything(@TempDir Path scratch) throws Exception {
    if (!ApiServer.isAvailable()) {
      return;
    }
    Path manifests = Files.createDirectory(scratch.resolve("manifests"));
    for (Untyped row : UNTYPED) {
      Files.writeString(manifests.resolve(row.id + ".yaml"), row.manifest());
    }
    for (Typed row : TYPED) {
      Files.writeString(manifests.resolve(row.id + ".yaml"), row.manifest());
    }
    try (ApiServer server = ApiServer.start(Files.createDirectory(scratch.resolve("server")))) {
      kubectlSaid = server.create(manifests);
      for (String kind : List.of("controllerrevisions", "configmaps", "storageclasses", "leases")) {
        server.stored(kind).forEach(it -> STORED.put(it.at("/metadata/name").asText(), it));
      }
    }
  }

  @BeforeEach
  void needsAnApiServer() throws IOException {
    ApiServer.assumeAvailable();
  }

  @ParameterizedTest
  @FieldSource("UNTYPED")
  void readsWhatIsStored(Untyped row) throws IOException {
    YamlReader.Result read = read(row.manifest());
    JsonNode object = STORED.getOrDefault(row.id, MissingNode.getInstance());
    JsonNode stored = object.at("/data/v");
    assertEquals(row.stored, object.isMissingNode() ? REFUSED : likeTable(row.stored, stored));
    assertEquals(row.problem, problem(read, row.problem));
    if (!object.isMissingNode()) {
      KubeNode ours = new YamlKubeNode(read.documents().get(0)).at("data", "v");
      assertEquals(shape(new JsonKubeNode(stored)), shape(ours));
    }
  }

  @ParameterizedTest
  @FieldSource("TYPED")
  void knowsWhatAFieldsTypeRefuses(Typed row) throws IOException {
    JsonNode object = STORED.getOrDefault(row.id, MissingNode.getInstance());
    KubeNode ours =
        new YamlKubeNode(read(row.manifest()).documents().get(0))
            .at(row.place.pointer.substring(1).split("/"));
    boolean fits = !ours.isPresent() || ours.kind() == row.place.wanted;
    assertEquals(!object.isMissingNode(), fits, kubectlSaid);
    if (fits) {
      JsonNode stored = object.at(row.place.pointer);
      assertEquals(row.stored, stored.isMissingNode() ? "absent" : stored.toString());
      assertEquals(new JsonKubeNode(stored).isTrue(), ours.isTrue());
    } else {
      assertEquals(row.stored, REFUSED);
    }
  }

  private static YamlReader.Result read(String manifest) {
    return YamlReader.read(SourceText.of("x.yaml", manifest), YamlReader.Dialect.KUBECTL);
  }

  /** The first problem, cut to where the table ends: a parser's own words are not ours to fix. */
  private static String problem(YamlReader.Result read, String expected) {
    String message = read.problems().isEmpty() ? "" : read.problems().get(0).message();
    return expected.equals("not YAML") && message.startsWith(expected) ? expected : message;
  }

  /** The table's own writing where it means the same. */
  private static String likeTable(String expected, JsonNode stored) throws JsonProcessingException {
    boolean same = !expected.equals(REFUSED) && JSON.readTree(expected).equals(stored);
    return same ? expected : stored.toString();
  }

  /** A node without what is not compared: a number keeps its writing, so it is one or it is not. */
  private static String shape(KubeNode node) {
    return switch (node.kind()) {
      case NULL -> "null";
      case NUMBER -> "number";
      case BOOLEAN -> String.valueOf(node.isTrue());
      case STRING -> '"' + node.text() + '"';
      case LIST -> node.items().stream().map(ApiServerYamlTest::shape).toList().toString();
      case MAPPING ->
          node.fields().stream()
              .map(it -> it.name() + "=" + shape(it.value()))
              .sorted()
              .toList()
              .toString();
    };
  }
}
