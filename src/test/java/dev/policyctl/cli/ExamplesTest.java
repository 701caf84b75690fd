package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The small worlds of {@code examples}: the whole text that {@code lint} prints for each is a
 * golden, and what {@code --fix} leaves are findings that no edit cures. The policies there have
 * examples of their own.
 */
final class ExamplesTest {
  private static final Path EXAMPLES = Path.of("examples");
  private static final Path GOLDENS = Path.of("src/test/resources/examples");

  static List<String> worlds() throws IOException {
    try (Stream<Path> folders = Files.list(EXAMPLES)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.equals("policies"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void printsTheGoldenAndFails(String world) throws IOException {
    Cli.Result result = Cli.run("lint", EXAMPLES.resolve(world).toString());
    GeneratedFile.assertIs(GOLDENS.resolve(world + ".txt"), result.out());
    assertEquals("", result.err());
    assertEquals(1, result.exit());
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void afterFixingOnlyFindingsThatNoSafeEditCuresAreLeft(String world, @TempDir Path folder)
      throws IOException {
    copy(EXAMPLES.resolve(world), folder);
    int before = findings(folder).size();
    Cli.run("lint", "--fix", folder.toString());
    List<JsonNode> left = findings(folder);
    assertTrue(left.size() < before, left.size() + " of " + before);
    for (JsonNode finding : left) {
      for (JsonNode fix : finding.path("fixes")) {
        boolean safe = fix.path("safety").asText().equals("safe");
        assertTrue(!safe || fix.path("edits").isEmpty(), finding::toString);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void fixingAgainChangesNothing(String world, @TempDir Path folder) throws IOException {
    copy(EXAMPLES.resolve(world), folder);
    Cli.run("lint", "--fix", folder.toString());
    List<String> once = texts(folder);
    Cli.run("lint", "--fix", folder.toString());
    assertEquals(once, texts(folder));
  }

  private static List<JsonNode> findings(Path folder) throws IOException {
    Cli.Result result = Cli.run("lint", "--format", "json", folder.toString());
    List<JsonNode> findings = new ArrayList<>();
    new ObjectMapper().readTree(result.out()).path("findings").forEach(findings::add);
    return findings;
  }

  private static List<String> texts(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : files(folder)) {
      texts.add(file + "\n" + Files.readString(file));
    }
    return texts;
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
