package dev.policyctl.format.libvirt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that an output is compared with byte for byte; {@code -Dgolden.update=true} writes them.
 */
final class Golden {
  static final List<DefinitionFormat> FORMATS =
      List.of(new LibvirtDomainFormat(), new LibvirtPoolFormat(), new LibvirtVolumeFormat());

  private Golden() {}

  static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  static SourceText read(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    return SourceText.decode(path.getFileName().toString(), bytes, XmlEncoding.charsetOf(bytes));
  }

  static void compare(Path golden, byte[] actual) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.write(golden, actual);
      return;
    }
    assertTrue(Files.exists(golden), golden + " is missing");
    byte[] expected = Files.readAllBytes(golden);
    assertEquals(
        new String(expected, StandardCharsets.UTF_8),
        new String(actual, StandardCharsets.UTF_8),
        golden.toString());
    assertArrayEquals(expected, actual, golden.toString());
  }
}
