package dev.policyctl.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.testing.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each {@code CASE.before.EXT} beside what its fixes make of it, {@code CASE.after.EXT}; {@code
 * CASE.policy.yaml} holds policies of the case's own. The same must hold of the text in other
 * shapes, and of configurations that nobody wrote for the purpose.
 */
class FixGoldenTest {
  private static final Path FIXES = Path.of("src/test/resources/fixes");
  private static final String BEFORE = ".before.";
  private static final String COMMENT = "#cache=none scsi0: é\n";

  /** A text, and the shapes in which it means the same. */
  private enum Shape {
    AS_IT_IS {
      @Override
      String of(String text) {
        return text;
      }
    },
    CRLF {
      @Override
      String of(String text) {
        return text.replace("\n", "\r\n");
      }
    },
    NO_LAST_NEWLINE {
      @Override
      String of(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
      }
    },
    COMMENTS_BETWEEN {
      @Override
      String of(String text) {
        return text.replace("\n", "\n" + COMMENT);
      }

      @Override
      String comparable(String text) {
        return text.replace(COMMENT, "");
      }
    },
    BLANKS_AT_LINE_ENDS {
      @Override
      String of(String text) {
        // An empty line ends a section of storage.cfg, one with blanks does not.
        return text.replaceAll("(?<!\n)\n", "  \n");
      }
    };

    abstract String of(String text);

    /** Without what the shape adds, where a fix that takes a line away leaves it. */
    String comparable(String text) {
      return text;
    }
  }

  @TestFactory
  List<DynamicTest> everyCaseIsFixedAsItsTextSaysInEveryShape() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path before : files()) {
      FixWorld world = world(before);
      for (Shape shape : Shape.values()) {
        tests.add(
            DynamicTest.dynamicTest(
                before.getFileName() + " " + shape, () -> compare(world, before, shape)));
      }
    }
    assertTrue(tests.size() > 50, "cases are missing");
    return tests;
  }

  @TestFactory
  List<DynamicTest> everyTextHasItsCase() throws IOException {
    try (Stream<Path> all = Files.walk(FIXES)) {
      return all.filter(path -> path.toString().contains(".after."))
          .map(
              path ->
                  DynamicTest.dynamicTest(
                      path.getFileName().toString(),
                      () ->
                          assertTrue(
                              Files.exists(Path.of(path.toString().replace(".after.", BEFORE))))))
          .toList();
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(FIXES)) {
      // The other families' cases stand in worlds of their own, which their formats' tests make.
      return all.filter(path -> path.toString().contains(BEFORE))
          .filter(path -> path.getParent().getFileName().toString().startsWith("proxmox-"))
          .sorted()
          .toList();
    }
  }

  private static FixWorld world(Path before) {
    String name = before.getFileName().toString();
    Path policy = before.resolveSibling(name.substring(0, name.indexOf(BEFORE)) + ".policy.yaml");
    return Files.exists(policy) ? FixWorld.withPolicies(policy) : FixWorld.standard();
  }

  private static DefinitionFormat format(Path before) {
    return Formats.byName(before.getParent().getFileName().toString()).orElseThrow();
  }

  private static void compare(FixWorld world, Path before, Shape shape) throws IOException {
    String text = Files.readString(before);
    Path after = Path.of(before.toString().replace(BEFORE, ".after."));
    String fixed = world.fixed(format(before), shape.of(text));
    if (Boolean.getBoolean("golden.update") && shape == Shape.AS_IT_IS) {
      Files.writeString(after, fixed);
    }
    assertEquals(shape.comparable(shape.of(Files.readString(after))), shape.comparable(fixed));
    FixProperties.assertHold(world, format(before), shape.of(text));
  }

  @TestFactory
  Stream<DynamicTest> upstreamsConfigurationsAreFixedInEveryShapeAndBesideSnapshots()
      throws IOException {
    Path corpus = Shared.path("corpora/qemu-server");
    FixWorld world = FixWorld.withStorages(corpus.resolve("storage.cfg"));
    DefinitionFormat format = Formats.byName("proxmox-qemu").orElseThrow();
    try (Stream<Path> files = Files.walk(corpus.resolve("cases"))) {
      return files.filter(path -> path.toString().endsWith(".conf")).sorted().toList().stream()
          .map(
              path ->
                  DynamicTest.dynamicTest(
                      path.getFileName().toString(), () -> fixUpstream(world, format, path)));
    }
  }

  private static void fixUpstream(FixWorld world, DefinitionFormat format, Path path)
      throws IOException {
    String main = Files.readString(path, StandardCharsets.UTF_8);
    String snapshot =
        "[before]\n"
            + main.lines()
                .filter(line -> !line.startsWith("#"))
                .reduce("", (text, line) -> text + line + "\n");
    for (Shape shape : Shape.values()) {
      String text = shape.of(main + "\n" + snapshot);
      FixProperties.assertHold(world, format, text);
      String fixed = world.fixed(format, text);
      assertTrue(fixed.endsWith(shape.of(snapshot)), fixed);
    }
  }

  @Test
  void manyOfUpstreamsConfigurationsHaveSomethingToFix() throws IOException {
    Path corpus = Shared.path("corpora/qemu-server");
    FixWorld world = FixWorld.withStorages(corpus.resolve("storage.cfg"));
    int fixed = 0;
    try (Stream<Path> files = Files.walk(corpus.resolve("cases"))) {
      for (Path path : files.filter(path -> path.toString().endsWith(".conf")).toList()) {
        DefinitionFormat format = Formats.byName("proxmox-qemu").orElseThrow();
        fixed += world.fix(format, Files.readString(path)).isChanged() ? 1 : 0;
      }
    }
    assertTrue(fixed >= 5, "only " + fixed);
  }
}
