package dev.policyctl.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/mnt/tank/a b.raw",
        "compress=zstd:3",
        "6.8.12-4-pve",
        "2.2.6",
        "5b1c-2",
        "vm@snap",
        "größe",
        "2026-11-22T10:00:00Z",
        "server:/export",
        "offline"
      })
  void whatEveryReaderTakesForAStringStaysPlain(String text) {
    assertEquals(text, YamlText.scalar(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on", "No", "y", "N", "null", "6.15", "257", "1e3", "0x1F", "0o14", "1:30", "1_000", "",
        " a", "a ", "a: b", "a:", "a,b", "a #b", "[a", "-", "*", "'"
      })
  void whatSomeReaderTakesForSomethingElseIsQuoted(String text) {
    assertEquals('"' + text + '"', YamlText.scalar(text));
  }

  @Test
  void controlCharactersAreEscaped() {
    assertEquals("\"a\\n\\t\\\"\\\\\\u0007\\u2028\"", YamlText.scalar("a\n\t\"\\\u0007\u2028"));
    assertEquals("[a, \"on\"]", YamlText.strings(List.of("a", "on")));
  }
}
