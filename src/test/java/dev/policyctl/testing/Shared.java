package dev.policyctl.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of facts, recordings and upstream corpora that stands beside the project: variable
 * {@code POLICYCTL_SHARED}, else {@code ../shared}. A test that needs it and does not find it is
 * skipped, with the reason.
 */
public final class Shared {
  private Shared() {}

  /** A path below the folder; skips the calling test when it does not exist. */
  public static Path path(String relative) {
    String configured = System.getenv("POLICYCTL_SHARED");
    Path folder = Path.of(configured == null || configured.isEmpty() ? "../shared" : configured);
    Path wanted = folder.resolve(relative);
    Assumptions.assumeTrue(
        Files.exists(wanted), () -> wanted + " does not exist: set POLICYCTL_SHARED");
    return wanted;
  }
}
