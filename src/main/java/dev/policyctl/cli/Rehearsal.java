package dev.policyctl.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The usual commands, run so that the JVM can record what they load; the launcher makes its cache
 * of classes from that. Prints nothing.
 */
final class Rehearsal {
  private Rehearsal() {}

  /**
   * @param args a folder of definitions
   */
  public static void main(String[] args) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(nowhere, nowhere, false, false, false);
    List<List<String>> commands =
        List.of(
            List.of("lint", args[0]),
            List.of("lint", "--format", "json", args[0]),
            List.of("inspect", args[0]),
            List.of("explain"));
    for (List<String> command : commands) {
      Policyctl.run(command.toArray(String[]::new), terminal);
    }
    System.exit(0);
  }
}
