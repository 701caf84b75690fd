package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.policyctl.testing.Chart;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands know every option that the chart gives them. */
class ChartOptionsTest {
  private static List<String> renderings() throws IOException {
    List<String> renderings = new ArrayList<>(List.of(Chart.template().call()));
    Chart.variants().forEach(variant -> renderings.add(Chart.render(variant)));
    return renderings;
  }

  /** {@code COMMAND --option} of all that containers of this kind of object are started with. */
  private static Set<String> given(String kind) throws IOException {
    Set<String> given = new TreeSet<>();
    for (String rendering : renderings()) {
      for (JsonNode object : Chart.objects(rendering, kind)) {
        JsonNode arguments = object.at("/spec/template/spec/containers/0/args");
        String command = arguments.path(0).asText();
        arguments.forEach(
            argument -> {
              String option = argument.asText().split("=", 2)[0];
              if (option.startsWith("--")) {
                given.add(command + " " + option);
              }
            });
      }
    }
    return given;
  }

  private static Set<String> known(String command) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    CommandLine commands =
        Policyctl.commandLine(new Terminal(nowhere, nowhere, false, false, false));
    Set<String> known = new TreeSet<>();
    for (String option :
        commands.getSubcommands().get(command).getCommandSpec().optionsMap().keySet()) {
      known.add(command + " " + option);
    }
    return known;
  }

  private static void assertKnown(String kind, String command) throws IOException {
    Set<String> unknown = given(kind);
    assertTrue(unknown.size() > 3, unknown.toString());
    unknown.removeAll(known(command));
    assertEquals(Set.of(), unknown);
  }

  @Test
  void ofTheService() throws IOException {
    assertKnown("Deployment", "serve");
  }

  @Test
  void ofTheProbe() throws IOException {
    assertKnown("DaemonSet", "probe");
  }
}
