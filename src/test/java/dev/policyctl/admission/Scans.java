package dev.policyctl.admission;

import dev.policyctl.cli.Terminal;
import dev.policyctl.serve.ScanCommand;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;

/** Runs {@code policyctl scan} on streams of a test's own. */
final class Scans {
  private Scans() {}

  static int run(Path kubeconfig, OutputStream out) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(stream, stream, false, false, false);
    return new CommandLine(new ScanCommand(terminal))
        .execute("--fail-on", "warning", "--kubeconfig", kubeconfig.toString());
  }
}
