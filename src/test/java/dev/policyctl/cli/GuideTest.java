package dev.policyctl.cli;

import dev.policyctl.testing.GeneratedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the guides show is real: a {@code console} block that begins with {@code $ policyctl} has
 * what that command prints, and a block below {@code <!-- file: PATH -->} has that file's text.
 */
final class GuideTest {
  private static final Path GUIDES = Path.of("docs/guide");
  private static final String PROMPT = "$ policyctl ";
  private static final String FILE = "<!-- file: ";

  @TestFactory
  Stream<DynamicTest> showsWhatIsReal() throws IOException {
    try (Stream<Path> pages = Files.list(GUIDES)) {
      return pages.sorted().toList().stream()
          .map(
              page ->
                  DynamicTest.dynamicTest(
                      page.toString(),
                      () -> GeneratedFile.assertIs(page, withRealBlocks(Files.readString(page)))));
    }
  }

  private static String withRealBlocks(String text) throws IOException {
    StringBuilder real = new StringBuilder();
    List<String> lines = text.lines().toList();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at++);
      real.append(line).append('\n');
      if (line.startsWith(FILE)) {
        String path = line.substring(FILE.length(), line.indexOf(" -->"));
        real.append(lines.get(at++)).append('\n').append(Files.readString(Path.of(path)));
        at = endOfBlock(lines, at);
      } else if (line.startsWith(PROMPT)) {
        real.append(output(line.substring(PROMPT.length())));
        at = endOfBlock(lines, at);
      }
    }
    return real.toString();
  }

  private static int endOfBlock(List<String> lines, int from) {
    int at = from;
    while (!lines.get(at).equals("```")) {
      at++;
    }
    return at;
  }

  private static String output(String arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Policyctl.run(arguments.split(" ", -1), new Terminal(stream, stream, false, false, false));
    return out.toString(StandardCharsets.UTF_8).stripTrailing() + "\n";
  }
}
