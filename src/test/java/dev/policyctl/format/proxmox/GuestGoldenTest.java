package dev.policyctl.format.proxmox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each {@code CASE.conf} beside what it is read as, {@code CASE.model.json}. */
class GuestGoldenTest {
  private static final Path FORMATS = Path.of("src/test/resources/formats");
  private static final String CONF = ".conf";
  private static final String MODEL = ".model.json";

  @TestFactory
  List<DynamicTest> everyCaseIsReadAsItsModelSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (DefinitionFormat format : List.of(new ProxmoxQemuFormat(), new ProxmoxLxcFormat())) {
      for (Path conf : files(format, CONF)) {
        String name = format.name() + "/" + conf.getFileName();
        tests.add(DynamicTest.dynamicTest(name, () -> compare(format, conf)));
        tests.add(
            DynamicTest.dynamicTest(name + " in other line endings", () -> vary(format, conf)));
      }
    }
    assertTrue(tests.size() > 10);
    return tests;
  }

  @TestFactory
  List<DynamicTest> everyModelHasItsCase() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (DefinitionFormat format : List.of(new ProxmoxQemuFormat(), new ProxmoxLxcFormat())) {
      for (Path model : files(format, MODEL)) {
        String conf = model.getFileName().toString().replace(MODEL, CONF);
        tests.add(
            DynamicTest.dynamicTest(
                conf, () -> assertTrue(Files.exists(model.resolveSibling(conf)))));
      }
    }
    return tests;
  }

  private static List<Path> files(DefinitionFormat format, String suffix) throws IOException {
    try (Stream<Path> all = Files.list(FORMATS.resolve(format.name()))) {
      return all.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static void compare(DefinitionFormat format, Path conf) throws IOException {
    Path model = conf.resolveSibling(conf.getFileName().toString().replace(CONF, MODEL));
    String actual = ModelJson.of(format.parse(read(conf, Files.readAllBytes(conf))));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(model, actual);
    }
    assertEquals(Files.readString(model), actual);
  }

  private static void vary(DefinitionFormat format, Path conf) throws IOException {
    byte[] bytes = Files.readAllBytes(conf);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String expected = ModelJson.of(format.parse(read(conf, bytes)));
    for (String variant : List.of(text.replace("\n", "\r\n"), text.stripTrailing())) {
      byte[] varied = variant.getBytes(StandardCharsets.ISO_8859_1);
      assertEquals(expected, ModelJson.of(format.parse(read(conf, varied))));
    }
  }

  private static SourceText read(Path conf, byte[] bytes) {
    return SourceText.decode("nodes/pve1/guests/" + conf.getFileName(), bytes);
  }
}
