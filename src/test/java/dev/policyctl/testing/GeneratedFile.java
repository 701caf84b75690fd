package dev.policyctl.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the repository that code generates. */
public final class GeneratedFile {
  private GeneratedFile() {}

  /** The file is what the code generates; {@code -Dgolden.update=true} writes it so first. */
  public static void assertIs(Path file, String generated) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated);
    }
    String committed = Files.exists(file) ? Files.readString(file) : "";
    assertEquals(
        committed, generated, file + " is out of date: rewrite it with -Dgolden.update=true");
  }
}
