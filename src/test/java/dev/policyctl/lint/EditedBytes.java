package dev.policyctl.lint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.policyctl.policy.Finding.PlacedEdit;
import dev.policyctl.source.Edits;
import dev.policyctl.source.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Compares an edited text with the original by the lines and columns that a finding gives. */
final class EditedBytes {
  private EditedBytes() {}

  /** As an editor would apply the edits: every byte before, between and after them is the same. */
  static void assertOnlyEditsDiffer(String text, List<PlacedEdit> edits) {
    StringBuilder edited = new StringBuilder(text);
    SourceText source = SourceText.of("100.conf", text);
    for (int i = edits.size() - 1; i >= 0; i--) {
      PlacedEdit edit = edits.get(i);
      edited.replace(
          offset(source, edit.at().line(), edit.at().column()),
          offset(source, edit.at().endLine(), edit.at().endColumn()),
          edit.edit().replacement());
    }
    assertArrayEquals(
        edited.toString().getBytes(StandardCharsets.UTF_8),
        Edits.of(edits.stream().map(PlacedEdit::edit).toList())
            .applyTo(text)
            .getBytes(StandardCharsets.UTF_8));
  }

  private static int offset(SourceText source, int line, int column) {
    String text = source.text();
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    return text.offsetByCodePoints(start, column - 1);
  }
}
