package dev.policyctl.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.testing.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnifiedDiffTest {

  @Test
  void showsThreeLinesAround() {
    assertEquals(
        """
        --- a/x/100.conf
        +++ b/x/100.conf
        @@ -2,7 +2,6 @@
         2
         3
         4
        -5
         6
         7
         8
        """,
        UnifiedDiff.of("x/100.conf", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n6\n7\n8\n9\n"));
  }

  @Test
  void joinsChangesThatAreNearAndPartsThoseThatAreNot() {
    String before = "a\n1\n2\n3\n4\n5\n6\nb\n1\n2\n3\n4\n5\n6\n7\nc\n";
    String after = "A\n1\n2\n3\n4\n5\n6\nB\n1\n2\n3\n4\n5\n6\n7\nC\n";
    assertEquals(
        """
        --- a/x
        +++ b/x
        @@ -1,11 +1,11 @@
        -a
        +A
         1
         2
         3
         4
         5
         6
        -b
        +B
         1
         2
         3
        @@ -13,4 +13,4 @@
         5
         6
         7
        -c
        +C
        """,
        UnifiedDiff.of("x", before, after));
  }

  @Test
  void tellsOfAMissingLastNewline() {
    assertEquals(
        """
        --- a/x
        +++ b/x
        @@ -1,2 +1 @@
        -1
        -2
        \\ No newline at end of file
        +1
        \\ No newline at end of file
        """,
        UnifiedDiff.of("x", "1\n2", "1"));
  }

  @Test
  void namesAreWrittenAsGitReadsThem() {
    assertEquals("--- a/etc/pve/x", header("/etc/pve/x"));
    assertEquals("--- a/two words\t", header("two words"));
    assertEquals("--- \"a/quo\\\"te\\012\"", header("quo\"te\n"));
  }

  private static String header(String path) {
    return UnifiedDiff.of(path, "1\n", "2\n").lines().findFirst().orElseThrow();
  }

  @Test
  void equalTextsHaveNone() {
    assertEquals("", UnifiedDiff.of("x", "1\n", "1\n"));
  }

  @Test
  void gitAppliesIt(@TempDir Path folder) throws Exception {
    List<String> names = List.of("plain.conf", "two words.conf", "ümläut.conf", "quo\"te.conf");
    for (String name : names) {
      String before = "1\r\n2\r\n3\r\nscsi0: a\r\n5\r\n6";
      String after = "1\r\n2\r\n3\r\nscsi0: a,cache=writeback\r\n5";
      apply(folder, name, before, after, "git", "apply", "d.patch");
    }
  }

  @Property(tries = 40, seed = "4713")
  void patchAppliesIt(@ForAll("texts") String before, @ForAll("texts") String after)
      throws Exception {
    Assume.that(!before.equals(after));
    Path folder = Files.createTempDirectory("diff");
    try {
      apply(folder, "x", before, after, "patch", "-s", "-p1", "-i", "d.patch");
    } finally {
      Files.deleteIfExists(folder.resolve("x"));
      Files.deleteIfExists(folder.resolve("d.patch"));
      Files.deleteIfExists(folder);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "b", "c", "d")
        .list()
        .ofMinSize(1)
        .ofMaxSize(30)
        .flatMap(lines -> Arbitraries.of("", "\n").map(last -> String.join("\n", lines) + last));
  }

  private static void apply(
      Path folder, String name, String before, String after, String... command) throws Exception {
    Path file = Files.writeString(folder.resolve(name), before);
    Files.writeString(folder.resolve("d.patch"), UnifiedDiff.of(name, before, after));
    String output = Programs.run(folder, command);
    assertEquals(after, Files.readString(file), output);
  }
}
