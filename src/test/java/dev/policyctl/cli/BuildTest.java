package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.report.Program;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What a build says of itself. */
final class BuildTest {
  private static final String ID = "0123456789abcdef0123456789abcdef01234567";

  private static Optional<Program.Commit> commit(String dirty) {
    Properties git = new Properties();
    git.setProperty("git.commit.id.full", ID);
    git.setProperty("git.commit.time", "2026-01-02T03:04:05Z");
    git.setProperty("git.dirty", dirty);
    return Build.commit(git);
  }

  @Test
  void namesTheCommitAndItsTime() {
    assertEquals(
        "policyctl 1.2, commit 0123456789ab of 2026-01-02T03:04:05Z",
        new Program.Build("1.2", commit("false")).line());
  }

  @Test
  void tellsThatTheSourcesDifferFromTheCommit() {
    assertEquals(
        "policyctl 1.2, commit 0123456789ab of 2026-01-02T03:04:05Z, changed",
        new Program.Build("1.2", commit("true")).line());
  }

  @Test
  void saysNothingOfACommitThatIsNotKnown() {
    assertEquals("policyctl 1.2", new Program.Build("1.2", Optional.empty()).line());
    assertEquals(Optional.empty(), Build.commit(new Properties()));
  }

  @Test
  void aProgramThatWasNeverPackagedHasNoVersion() {
    assertEquals("policyctl without a version", new Program.Build("", Optional.empty()).line());
  }
}
