package dev.policyctl.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditsTest {
  private static Edit edit(int start, int end, String replacement) {
    return new Edit(new Span(start, end), replacement);
  }

  @Test
  void appliesEditsInTheOrderOfTheirPlaces() {
    List<Edit> edits = List.of(edit(6, 6, "!"), edit(3, 5, ""), edit(0, 1, "AA"));
    assertEquals("AAbcf!", Edits.of(edits).applyTo("abcdef"));
  }

  @Test
  void neighboursDoNotOverlap() {
    assertEquals("xyc", Edits.of(List.of(edit(0, 1, "x"), edit(1, 2, "y"))).applyTo("abc"));
  }

  @ParameterizedTest
  @CsvSource({"0, 2, 1, 3", "1, 3, 0, 2", "1, 1, 1, 1", "1, 1, 1, 2", "0, 3, 1, 1"})
  void refusesEditsThatTouchTheSamePlaceAndNamesBoth(int a, int b, int c, int d) {
    List<Edit> edits = List.of(edit(a, b, "one"), edit(c, d, "two"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Edits.of(edits)).getMessage();
    assertTrue(message.contains("one") && message.contains("two"), message);
  }
}
