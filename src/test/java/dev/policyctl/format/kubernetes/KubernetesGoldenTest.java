package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each {@code CASE.yaml} or {@code CASE.json} beside what it is read as, {@code CASE.model.json}.
 */
class KubernetesGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/formats/kubernetes");
  private static final String MODEL = ".model.json";
  private static final KubernetesFormat FORMAT = new KubernetesFormat();

  @TestFactory
  List<DynamicTest> everyCaseIsReadAsItsModelSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path manifest : manifests()) {
      String name = manifest.getFileName().toString();
      tests.add(DynamicTest.dynamicTest(name, () -> compare(manifest)));
      tests.add(DynamicTest.dynamicTest(name + " in other layouts", () -> vary(manifest)));
      tests.add(DynamicTest.dynamicTest(name + " is recognised", () -> recognise(manifest)));
    }
    assertTrue(tests.size() >= 12);
    return tests;
  }

  @TestFactory
  List<DynamicTest> everyModelHasItsCase() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    List<String> cases = manifests().stream().map(KubernetesGoldenTest::model).toList();
    for (Path model : files()) {
      String name = model.getFileName().toString();
      if (name.endsWith(MODEL)) {
        tests.add(DynamicTest.dynamicTest(name, () -> assertTrue(cases.contains(name))));
      }
    }
    return tests;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(CASES)) {
      return all.sorted().toList();
    }
  }

  private static List<Path> manifests() throws IOException {
    return files().stream().filter(path -> !path.toString().endsWith(MODEL)).toList();
  }

  private static String model(Path manifest) {
    String name = manifest.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.')) + MODEL;
  }

  private static void compare(Path manifest) throws IOException {
    Path model = manifest.resolveSibling(model(manifest));
    String actual = read(Files.readString(manifest));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(model, actual);
    }
    assertEquals(Files.readString(model), actual);
  }

  private static void vary(Path manifest) throws IOException {
    String text = Files.readString(manifest);
    assertEquals(read(text), read(text.replace("\n", "\r\n")));
    assertEquals(read(text), read(text.stripTrailing()));
  }

  private static void recognise(Path manifest) throws IOException {
    assertTrue(FORMAT.recognizes(manifest.toString(), Files.readString(manifest)));
  }

  private static String read(String text) {
    return KubernetesModelJson.of(FORMAT.parse(SourceText.of("case", text)));
  }
}
