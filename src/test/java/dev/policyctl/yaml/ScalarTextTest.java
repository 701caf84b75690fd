package dev.policyctl.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.source.Location;
import dev.policyctl.source.SourceText;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScalarTextTest {

  /** Each letter of the text stands once in the source, so that its place is known. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "K: abc",
        "K: abc def\n   gh",
        "K: 'ab''c d'",
        "K: 'ab\n\n  c d'",
        "K: \"ab\\\"c\\n\\x41d\\u00e4e\\U0001F600f\"",
        "K: \"ab \\\n   c\"",
        "K: \"ab\n   c\"",
        "K: &X 'abc'",
        "K: !!str abc",
        "K: |\n  ab\n    c\n\n  d\n",
        "K: |-\n\n  ab\n  c",
        "K: |2\n    ab\n   c",
        "K: | # C\n  ab\n  c",
        "K: >\n  ab\n  c\n\n  d\n    e\n  f\n",
        "K: >-\n  ab\n\n\n  c",
        "K: >-\n\n  a\n  b\n\n  c",
        "K:\n  - |\n     ab\n     c",
      })
  void findsEachLetterWhereItStands(String yaml) {
    assertPlaces(yaml);
    assertPlaces(yaml.replace("\n", "\r\n"));
    assertPlaces("# 😀\n" + yaml);
  }

  private static void assertPlaces(String yaml) {
    SourceText source = SourceText.of("t.yaml", yaml);
    ScalarText scalar = new ScalarText(source, scalar(source));
    String text = scalar.text();
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter >= 'a' && letter <= 'h') {
        Location at = scalar.location(i);
        String line = source.line(at.line());
        int column = line.offsetByCodePoints(0, at.column() - 1);
        assertEquals(letter, line.charAt(column), () -> yaml + " -> " + at);
      }
    }
  }

  private static YamlNode.Scalar scalar(SourceText source) {
    YamlNode root = YamlReader.read(source).documents().get(0);
    YamlNode value = ((YamlNode.Mapping) root).get("K").orElseThrow();
    return (YamlNode.Scalar)
        (value instanceof YamlNode.Sequence sequence ? sequence.items().get(0) : value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'", "\"", "|\n  ", ">\n  "})
  void namesAPlaceForEveryIndexOfAnything(String opening) {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder yaml = new StringBuilder("K: ").append(opening);
      for (int i = random.nextInt(12); i > 0; i--) {
        yaml.append("ab \n\n\\\"'n:#".charAt(random.nextInt(11)));
      }
      yaml.append(opening.length() == 1 ? opening : "");
      SourceText source = SourceText.of("t.yaml", yaml.toString());
      YamlReader.Result result = YamlReader.read(source);
      if (!result.problems().isEmpty()
          || !(result.documents().get(0) instanceof YamlNode.Mapping mapping)
          || !(mapping.get("K").orElseThrow() instanceof YamlNode.Scalar scalar)) {
        continue;
      }
      for (int i = 0; i <= scalar.text().length(); i++) {
        new ScalarText(source, scalar).location(i);
      }
    }
  }
}
