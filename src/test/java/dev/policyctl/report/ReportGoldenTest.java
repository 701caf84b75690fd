package dev.policyctl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every output format writes one and the same run as its golden has it. */
final class ReportGoldenTest {
  private static final Path GOLDENS = Path.of("src/test/resources/reports");

  private static String golden(ReportFormat format) {
    return "sample." + format.word();
  }

  @ParameterizedTest
  @EnumSource
  void writesTheSample(ReportFormat format) throws IOException {
    GeneratedFile.assertIs(GOLDENS.resolve(golden(format)), SampleRun.in(format, false));
  }

  @Test
  void everyGoldenHasItsFormat() throws IOException {
    Set<String> expected = new TreeSet<>();
    Stream.of(ReportFormat.values()).forEach(format -> expected.add(golden(format)));
    try (Stream<Path> files = Files.list(GOLDENS)) {
      Set<String> found = new TreeSet<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("sample."))
          .forEach(found::add);
      assertEquals(expected, found);
    }
  }
}
