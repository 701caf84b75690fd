package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the README and the pages of formats show is real. A block that begins with {@code $
 * ./policyctl} has what that command prints; a line {@code …} stands for whole paragraphs that are
 * left out, each a finding.
 */
final class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final String PROMPT = "$ ./policyctl ";
  private static final String LEFT_OUT = "…";

  @TestFactory
  Stream<DynamicTest> showsWhatIsReal() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      List<String> lines = Files.readAllLines(page);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).startsWith(PROMPT)) {
          String arguments = lines.get(i).substring(PROMPT.length());
          List<String> shown = lines.subList(i + 1, endOfBlock(lines, i));
          tests.add(
              DynamicTest.dynamicTest(
                  page + ": " + arguments, () -> assertShows(arguments, shown)));
        }
      }
    }
    assertFalse(tests.isEmpty());
    return tests.stream();
  }

  @Test
  void linksLeadToFiles() throws IOException {
    for (Path page : pages()) {
      String text = Files.readString(page);
      for (int at = text.indexOf("]("); at >= 0; at = text.indexOf("](", at + 1)) {
        String target = text.substring(at + 2, text.indexOf(')', at));
        String path = target.split("#", -1)[0];
        boolean found =
            target.startsWith("https://") || Files.exists(page.resolveSibling(path).normalize());
        assertTrue(found, page + ": " + target);
      }
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(README));
    try (Stream<Path> formats = Files.list(Path.of("docs/formats"))) {
      formats.sorted().forEach(pages::add);
    }
    return pages;
  }

  private static int endOfBlock(List<String> lines, int from) {
    int at = from;
    while (!lines.get(at).equals("```")) {
      at++;
    }
    return at;
  }

  /** Every paragraph is printed, in this order, and between two of them only what is left out. */
  private static void assertShows(String arguments, List<String> shown) {
    List<String> printed = paragraphs(Cli.run(arguments.split(" ", -1)).out().lines().toList());
    int next = 0;
    boolean gap = false;
    for (String paragraph : paragraphs(shown)) {
      if (paragraph.equals(LEFT_OUT)) {
        gap = true;
        continue;
      }
      int at = gap ? printed.subList(next, printed.size()).indexOf(paragraph) + next : next;
      assertTrue(at >= next && at < printed.size(), "printed is no: " + paragraph);
      assertEquals(printed.get(at), paragraph);
      next = at + 1;
      gap = false;
    }
    assertTrue(gap || next == printed.size(), "the block ends before what is printed does");
  }

  private static List<String> paragraphs(List<String> lines) {
    List<String> paragraphs = new ArrayList<>();
    for (String text : String.join("\n", lines).split("\n\n", -1)) {
      paragraphs.add(text.stripTrailing());
    }
    return paragraphs;
  }
}
