package dev.policyctl.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.yaml.YamlReader.Dialect;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "y",
        "Y",
        "yes",
        "Yes",
        "YES",
        "on",
        "On",
        "ON",
        "true",
        "True",
        "TRUE",
        "!!bool yes"
      })
  void kubectlTakesForTrue(String written) {
    assertTrue(((YamlNode.Scalar) kubectl("a: " + written).value("a")).isTrue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          n         | a boolean
          No        | a boolean
          off       | a boolean
          FALSE     | a boolean
          tRue      | a string
          ~         | null
          Null      | null
          ''        | null
          014       | a number
          0x1F      | a number
          0b11      | a number
          1_000     | a number
          +1        | a number
          1.0       | a number
          0o14      | a number
          -0o14     | a number
          0o18      | a string
          08        | a number
          0x        | a string
          1e3       | a number
          1e400     | a string
          1.5.0     | a string
          ._5       | a string
          18446744073709551615  | a number
          0xFFFFFFFFFFFFFFFFF   | a string
          1:30      | a string
          2026-11-23 | a string
          =         | a string
          <<        | a string
          !!str yes | a string
          "'yes'"   | a string
          """)
  void kubectlReadsScalarsAs(String written, String kind) {
    String value = written.startsWith("\"") ? written.replace("\"", "") : written;
    assertEquals(kind, kubectl("a: " + value).value("a").kind());
  }

  @Test
  void ownDocumentsKeepTheLetterYAsText() {
    assertEquals("a string", read("a: y", Dialect.OWN).value("a").kind());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {x: &x {a: 1, b: 2}, m: {<<: *x}}                              | 1 | 2
          {x: &x {a: 1, b: 2}, m: {<<: *x, b: 3}}                        | 1 | 3
          {x: &x {a: 1, b: 2}, m: {b: 3, <<: *x}}                        | 1 | 2
          {x: &x {a: 1, b: 2}, z: &z {a: 5}, m: {<<: *x, <<: *z}}        | 5 | 2
          {x: &x {a: 1}, z: &z {a: 5, b: 2}, m: {<<: [*x, *z]}}          | 1 | 2
          {x: &x {a: 1, b: 2}, m: {"<<": *x, a: 7, b: 8}}                | 7 | 8
          """)
  void mergesAsKubectlDoes(String text, String a, String b) {
    YamlNode.Mapping y = (YamlNode.Mapping) kubectl(text).value("m");
    assertEquals(a, y.text("a"));
    assertEquals(b, y.text("b"));
  }

  @Test
  void ofAKeyThatStandsTwiceTheLastCountsAndThePlaceIsTold() {
    Read read = kubectl("a: 1\nb: 2\na: 3\n");
    assertEquals("3", ((YamlNode.Scalar) read.value("a")).text());
    assertEquals("3:1 `a` stands twice", read.problems());
  }

  @Test
  void booleansAndIntegersAsKeysBecomeTheirText() {
    assertEquals("1", ((YamlNode.Scalar) kubectl("yes: 1").value("true")).text());
    assertEquals("1", ((YamlNode.Scalar) kubectl("0x1F: 1").value("31")).text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: .inf          | 1:4 `.inf` is no number in JSON
          a: {<<: 1}       | 1:9 `<<` must name mappings, not a number
          a: *x            | 1:4 not YAML: found undefined alias `x`, or one inside its own anchor
          a: &x [*x]       | 1:8 not YAML: found undefined alias `x`, or one inside its own anchor
          {[a]: 1}         | 1:2 a key must be a scalar
          {null: 1}        | 1:2 a key must not be null
          a: !!int yes     | 1:4 `yes` is not of the type of its tag
          %YAML 1.2~---~a: 1 | 1:1 not YAML: found incompatible YAML document: kubectl reads YAML 1.1
          """)
  void tellsWhatIsWrongAndWhere(String text, String problem) {
    assertEquals(problem, kubectl(text.replace('~', '\n')).problems());
  }

  @Test
  void ignoresAByteOrderMark() {
    assertEquals("1", ((YamlNode.Scalar) kubectl("\uFEFFa: 1").value("a")).text());
  }

  @Test
  void readsJsonThatIsIndentedWithTabs() {
    assertEquals("1", ((YamlNode.Scalar) kubectl("{\n\t\"a\": \"1\"\n}").value("a")).text());
  }

  @Test
  void refusesABombOfAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String item = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (item + ", ").repeat(8) + item + "]\n");
    }
    assertTrue(kubectl(bomb.toString()).problems().contains("after following its aliases"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? "})
  void refusesDeepNesting(String level) {
    assertTrue(kubectl(level.repeat(1_000)).problems().contains("nested more than 100 levels"));
  }

  @Test
  void refusesADocumentOfTooManyNodes() {
    assertTrue(kubectl("[" + "a,".repeat(3_000_000) + "]").problems().contains("2000000 nodes"));
  }

  private static Read kubectl(String text) {
    return read(text, Dialect.KUBECTL);
  }

  private static Read read(String text, Dialect dialect) {
    return new Read(YamlReader.read(SourceText.of("x.yaml", text), dialect));
  }

  private record Read(YamlReader.Result result) {
    YamlNode value(String key) {
      return ((YamlNode.Mapping) result.documents().get(0)).get(key).orElseThrow();
    }

    String problems() {
      List<Problem> problems = result.problems();
      return problems.stream()
          .map(it -> it.at().line() + ":" + it.at().column() + " " + it.message())
          .collect(Collectors.joining("; "));
    }
  }
}
