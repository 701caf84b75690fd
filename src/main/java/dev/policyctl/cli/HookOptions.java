package dev.policyctl.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What is the same for every hook that judges a guest. */
final class HookOptions {
  @Option(
      names = "--within",
      paramLabel = "SECONDS",
      description = "how long it may take; after that the guest starts unjudged (default: 10)")
  int seconds = 10;

  @Option(
      names = "--refuse-with",
      paramLabel = "N",
      description = "the exit code of a refusal (default: 1)")
  int refusal = 1;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "judge by a recorded tree (etc, proc, sys) instead of this host")
  Path root = Path.of("/");

  LiveHost host() {
    return new LiveHost(root.toAbsolutePath().normalize());
  }

  boolean isLive() {
    return host().root().equals(Path.of("/"));
  }

  void check() {
    if (seconds < 1 || refusal < 1 || refusal > 255) {
      throw new UsageException(
          "`--within` must be at least 1, `--refuse-with` from 1 to 255", "leave them out");
    }
  }
}
