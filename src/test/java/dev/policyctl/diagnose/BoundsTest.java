package dev.policyctl.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logs without end. */
@Timeout(60)
class BoundsTest {
  private static final String LINE =
      "[ 1.0] BTRFS warning (device sdc2): csum failed root 5 ino %d off %d csum 0x1 expected csum"
          + " 0x2 mirror 1\n";

  @Test
  void manyBlocksOfOneFileAreCountedUpToABudget() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 600_000; i++) {
      log.append(LINE.replace("%d off %d", "300 off " + i * 4096L));
    }
    Diagnosis diagnosis = World.of().diagnose(log.toString());
    Damage damage = diagnosis.files().get(0).damage();
    assertEquals(500_000, damage.blocks());
    assertTrue(damage.atLeast());
    assertEquals(600_000, diagnosis.understood());
  }

  @Test
  void manyFilesAreKnownToBeMoreThanListed() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 12_000; i++) {
      log.append(LINE.replace("%d off %d", (300 + i) + " off 0"));
    }
    Diagnosis diagnosis = World.of().diagnose(log.toString());
    assertEquals(10_000, diagnosis.files().size());
    assertTrue(
        diagnosis.conclusions().stream()
            .anyMatch(one -> one.message().startsWith("there are more damaged files")));
  }

  @Test
  void oneEndlessLineIsOneLine() {
    Diagnosis diagnosis = World.of().diagnose("BTRFS ".repeat(1_000_000) + "(path: ");
    assertEquals(1, diagnosis.lines());
  }
}
