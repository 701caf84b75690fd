package dev.policyctl.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Verdict;
import java.util.List;

/** What holds of the fixes of every text. */
final class FixProperties {
  private FixProperties() {}

  /**
   * Bytes outside of the edits are as they were, the findings that were fixed are gone when the
   * text is linted again, no fix is left, and a second run changes nothing.
   */
  static void assertHold(FixWorld world, DefinitionFormat format, String text) {
    for (Finding finding : world.lint(format, text).findings()) {
      for (Finding.ProposedFix fix : finding.fixes()) {
        EditedBytes.assertOnlyEditsDiffer(text, fix.edits());
      }
    }
    Fixer.Fixed fixed = world.fix(format, text);
    String after = fixed.definition().text().text();
    FileResult again = world.lint(format, after);
    assertEquals(List.of(), FixWorld.fixable(again));
    assertEquals(fixed.after(), again);
    long failures = fixed.before().count(Verdict.FAIL);
    assertEquals(failures - fixed.fixed().size(), again.count(Verdict.FAIL));
    assertEquals(after, world.fixed(format, after));
  }
}
