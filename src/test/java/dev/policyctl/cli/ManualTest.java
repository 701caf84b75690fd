package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual pages as the build writes them, read by the programs that people read them with. */
final class ManualTest {
  @TempDir static Path folder;
  private static Path man;

  @BeforeAll
  static void write() throws IOException {
    ProgramFiles.main(new String[] {folder.toString(), "1.2.3", "2026-11-24T00:00:00Z"});
    man = folder.resolve("man");
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void theBuildWritesWhatPackagesNeed() throws IOException {
    assertEquals(
        Set.of("_policyctl", "policyctl.bash", "policyctl.fish"),
        names(folder.resolve("completions")));
    assertTrue(names(man).containsAll(Set.of("policyctl.1", "policyctl-lint.1")));
    assertEquals(names(man), ProgramFiles.manual("1.2.3", "2026-11-24").keySet());
  }

  @Test
  void mandocHasNothingToWarnOf() throws Exception {
    Programs.run(man, "sh", "-c", "command -v mandoc");
    assertEquals(
        "", Programs.run(man, "sh", "-c", "mandoc -T lint -W warning policyctl*.1 || true"));
  }

  @Test
  void manHasNothingToWarnOf() throws Exception {
    Programs.run(man, "sh", "-c", "command -v man && command -v lexgrog");
    assertEquals(
        "",
        Programs.run(
            man,
            "sh",
            "-c",
            "for p in policyctl*.1; do LC_ALL=C.UTF-8 man --warnings -l $p 2>&1 >/dev/null; done"));
  }

  private static String shown(String page) throws InterruptedException {
    String command = "LC_ALL=C.UTF-8 MANWIDTH=200 MAN_KEEP_FORMATTING= man -P cat -l ";
    return Programs.run(man, "sh", "-c", command + page);
  }

  @Test
  void aPageShowsWhatTheHelpShows() throws InterruptedException {
    String page = shown("policyctl-lint.1");
    for (String section :
        Set.of("EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO", "SYNOPSIS")) {
      assertTrue(page.contains("\n" + section + "\n"), section + " in\n" + page);
    }
    assertTrue(page.contains("policyctl lint [OPTION]... PATH...\n"), page);
    assertTrue(page.contains("--fail-on=error|warning|info\n"), page);
    assertTrue(page.contains("3      nothing fails but something is unknown\n"), page);
    assertTrue(page.contains("policyctl lint --diff nodes/pve1\n"), page);
    assertTrue(page.contains(".policyctl.yaml\n"), page);
    assertFalse(page.contains("\\"), page);
  }

  @Test
  void everyPageHasANameThatAproposFinds() throws Exception {
    for (String page : names(man)) {
      String found = Programs.run(man, "lexgrog", page);
      String name = page.substring(0, page.length() - 2);
      assertTrue(found.startsWith(page + ": \"" + name + " - "), found);
    }
  }
}
