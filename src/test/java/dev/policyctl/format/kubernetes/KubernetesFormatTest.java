package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesFormatTest {
  private static final KubernetesFormat FORMAT = new KubernetesFormat();
  private static final Path MACHINE = Path.of("src/test/resources/formats/kubernetes/machine.yaml");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vm.yaml              | 'apiVersion: v1~kind: Pod'                              | true
          vm.yaml              | '# a comment~---~kind: Pod~apiVersion: v1'              | true
          list.yaml            | 'items:~- apiVersion: v1~  kind: Pod'                   | true
          vm.json              | '{"kind":"Pod","apiVersion":"v1"}'                      | true
          -                    | '{~  "apiVersion": "v1",~  "kind": "List"'              | true
          flow.yaml            | '{apiVersion: v1, kind: Pod}'                           | true
          facts.yaml           | 'apiVersion: policyctl.dev/v1alpha1~kind: HostFacts'    | false
          values.yaml          | 'image: nginx~replicas: 1'                              | false
          values.yaml          | 'pod:~  apiVersions: v1~kind: x'                        | false
          notes.md             | 'the apiVersion: v1 and the kind: Pod'                  | false
          chart/templates/a.yaml | 'apiVersion: v1~kind: Pod~x: {{ .Values.x }}'         | false
          rules/a.yaml         | 'apiVersion: v1~kind: Pod~x: "{{ $labels.x }}"'         | true
          100.conf             | 'scsi0: local:100/vm.raw'                               | false
          """)
  void recognises(String path, String head, boolean expected) {
    assertEquals(expected, FORMAT.recognizes(path, head.replace('~', '\n')));
  }

  @Test
  void joinsFilesInAnyOrder() throws IOException {
    List<String> documents = List.of(Files.readString(MACHINE).split("(?m)^---\n"));
    List<DeclaredGuest> together = guests(List.of(SourceText.of("all", Files.readString(MACHINE))));
    List<SourceText> apart = new ArrayList<>();
    for (String document : documents) {
      apart.add(0, SourceText.of("file" + apart.size(), document));
    }
    List<DeclaredGuest> joined = guests(apart);
    assertEquals(together.size(), joined.size());
    for (DeclaredGuest guest : together) {
      DeclaredGuest other =
          joined.stream().filter(it -> it.id().equals(guest.id())).findFirst().orElseThrow();
      assertEquals(withoutFiles(guest), withoutFiles(other));
    }
  }

  private static String withoutFiles(DeclaredGuest guest) {
    StringBuilder text = new StringBuilder();
    guest.volumes().forEach(it -> text.append(new TreeMap<>(it.options())).append('\n'));
    return text.toString().replaceAll(" in `file\\d+`", "");
  }

  private static List<DeclaredGuest> guests(List<SourceText> texts) {
    return FORMAT.parseAll(texts).stream()
        .flatMap(file -> file.guests().stream())
        .map(ParsedGuest::guest)
        .toList();
  }

  @Test
  void aTreeOfJsonIsReadAsItsTextIs() throws IOException {
    String text =
        Files.readString(Path.of("src/test/resources/fixes/kubernetes/compact.before.json"));
    SourceText source = SourceText.of("review", "");
    KubeObject object =
        KubeObject.of(source, new JsonKubeNode(new ObjectMapper().readTree(text))).orElseThrow();
    ParsedFile file = FORMAT.parse(object, Cluster.of(List.of()));
    assertEquals(
        FORMAT.parse(SourceText.of("x", text)).guests().get(0).guest(),
        file.guests().get(0).guest());
    assertTrue(file.guests().get(0).positions().subject().isEmpty());
  }

  @Test
  void ofAKeyThatStandsTwiceTheLastIsJudged() {
    ParsedFile file =
        FORMAT.parse(
            SourceText.of(
                "x",
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstance
                metadata: {name: vm}
                spec: {domain: {devices: {disks: [{name: d, cache: none, cache: writeback}]}}}
                """));
    assertEquals("writeback", file.guests().get(0).guest().volumes().get(0).cache());
    assertEquals("`cache` stands twice", file.problems().get(0).message());
  }

  @Test
  void aDocumentThatIsNoYamlKeepsThoseBeforeIt() {
    ParsedFile file =
        FORMAT.parse(
            SourceText.of(
                "x",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n---\na: [1\n---\nkind: Pod\n"));
    assertEquals(1, file.guests().size());
    assertEquals(1, file.problems().size());
  }

  @Test
  void aListInsideListsIsReadWithinBounds() {
    StringBuilder bomb = new StringBuilder("a0: &a0 {kind: List, apiVersion: v1, items: []}\n");
    for (int i = 1; i < 15; i++) {
      String item = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d {kind: List, apiVersion: v1, items: [%s]}\n"
              .formatted(i, i, (item + ", ").repeat(9) + item));
    }
    bomb.append("kind: List\napiVersion: v1\nitems: [*a14]\n");
    ParsedFile file = FORMAT.parse(SourceText.of("x", bomb.toString()));
    assertTrue(file.problems().get(0).message().contains("after following its aliases"));
  }

  @Test
  void refusesATextThatIsTooLong() {
    ParsedFile file = FORMAT.parse(SourceText.of("x", " ".repeat(65 * 1024 * 1024)));
    assertEquals("the document is larger than 64 MiB", file.problems().get(0).message());
    assertFalse(file.problems().get(0).help().isEmpty());
  }

  @Property(tries = 300)
  void junkIsNeverAnException(@ForAll("junk") String text) {
    World.of(text).resolveAll();
    FORMAT.recognizes("x.yaml", text);
  }

  @Provide
  Arbitrary<String> junk() throws IOException {
    String machine = Files.readString(MACHINE);
    Arbitrary<String> noise =
        Arbitraries.strings().withChars("{}[]:,-*&!|>'\"#%@ \n\tabc\\0\u00e9").ofMaxLength(60);
    Arbitrary<Integer> at = Arbitraries.integers().between(0, machine.length());
    return at.flatMap(
        first ->
            at.flatMap(
                second ->
                    noise.map(
                        text ->
                            machine.substring(0, Math.min(first, second))
                                + text
                                + machine.substring(Math.max(first, second)))));
  }

  @Property(tries = 300)
  void valuesOfEveryTypeAreNeverAnException(@ForAll("line") int line, @ForAll("value") String value)
      throws IOException {
    String[] lines = Files.readString(MACHINE).split("\n", -1);
    int at = line % lines.length;
    int colon = lines[at].indexOf(": ");
    if (colon >= 0) {
      lines[at] = lines[at].substring(0, colon + 2) + value;
    }
    World.of(String.join("\n", lines)).resolveAll();
  }

  @Provide
  Arbitrary<Integer> line() {
    return Arbitraries.integers().between(0, 200);
  }

  @Provide
  Arbitrary<String> value() {
    return Arbitraries.of(
        "1",
        "yes",
        "~",
        "[]",
        "{}",
        "[1, {a: b}]",
        "{a: [x]}",
        "\"\"",
        "'a\\nb'",
        "2026-11-23",
        "\"a\\nb\\0\"",
        "[[[]]]",
        "- x",
        "&x y",
        "*x",
        "!!binary aGk=",
        "!foo {a: 1}");
  }
}
