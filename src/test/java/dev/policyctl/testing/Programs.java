package dev.policyctl.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Programs of the system that tests compare with or set the scene with. */
public final class Programs {
  private Programs() {}

  /** What a program prints; skips the calling test where it is not installed or not allowed. */
  public static String run(Path directory, String... command) throws InterruptedException {
    String output;
    int exit;
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      exit = process.waitFor();
    } catch (IOException e) {
      return Assumptions.abort(command[0] + " is not installed");
    }
    Assumptions.assumeTrue(exit == 0, () -> command[0] + " cannot be used here: " + output);
    return output;
  }
}
