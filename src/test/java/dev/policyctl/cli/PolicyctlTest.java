package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A run describes one command to picocli; nobody sees that. */
final class PolicyctlTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal = new Terminal(stream(out), stream(err), false, false, false);

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private Map<String, CommandLine> commands() {
    return Policyctl.commandLine(terminal).getSubcommands();
  }

  @Test
  void helpListsEveryCommand() {
    assertEquals(0, Policyctl.run(new String[] {"--help"}, terminal));
    String help = out.toString(StandardCharsets.UTF_8);
    assertTrue(commands().size() > 3);
    commands().keySet().forEach(name -> assertTrue(help.contains("\n  " + name + " "), name));
  }

  @Test
  void everyCommandIsKnownByItsOwnName() {
    commands()
        .forEach(
            (name, command) -> {
              out.reset();
              assertEquals(0, Policyctl.run(new String[] {name, "--help"}, terminal));
              String help = out.toString(StandardCharsets.UTF_8);
              assertEquals(command.getUsageMessage(), help);
              assertTrue(help.startsWith("Usage: policyctl " + name + " "), help);
            });
  }

  @Test
  void aMisspelledCommandIsComparedWithAll() {
    assertEquals(2, Policyctl.run(new String[] {"inspct"}, terminal));
    String told = err.toString(StandardCharsets.UTF_8);
    assertTrue(told.contains("did you mean `inspect`?"), told);
    assertEquals(2, Policyctl.run(new String[] {}, terminal));
  }
}
