package dev.policyctl.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder is a case: {@code world.txt}, the logs beside it, and the whole diagnosis of them.
 * {@code -Dgolden.update=true} writes the diagnoses anew.
 */
class DiagnosisGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/diagnose");

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      List<Path> sorted = folders.filter(Files::isDirectory).sorted().toList();
      assertFalse(sorted.isEmpty());
      return sorted.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesWhatItConcludes(Path folder) throws IOException {
    World world = World.of(Files.readAllLines(folder.resolve("world.txt")).toArray(String[]::new));
    Diagnosis diagnosis = world.diagnose(logs(folder));

    StringBuilder text = new StringBuilder();
    DiagnosisText.write(diagnosis, text);
    compare(folder.resolve("diagnosis.expected.txt"), text.toString());
    StringBuilder json = new StringBuilder();
    DiagnosisJson.write(diagnosis, json);
    compare(folder.resolve("diagnosis.expected.json"), json.toString());
  }

  private static List<SourceText> logs(Path folder) throws IOException {
    List<SourceText> logs = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("world.txt") && !name.startsWith("diagnosis.expected.")) {
          logs.add(SourceText.of(name, Files.readString(file)));
        }
      }
    }
    return logs;
  }

  private static void compare(Path golden, String actual) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, actual);
    }
    assertEquals(Files.readString(golden), actual, () -> golden.toString());
  }
}
