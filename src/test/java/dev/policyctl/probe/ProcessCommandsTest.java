package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.policyctl.probe.Commands.Ending;
import dev.policyctl.probe.Commands.Output;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessCommandsTest {
  private final Commands commands = new ProcessCommands(Duration.ofSeconds(10));

  @ParameterizedTest
  @CsvSource({"true, SUCCESS", "false, FAILURE", "no-such-program-of-ours, MISSING"})
  void tellsHowAProgramEnded(String program, Ending ending) {
    assertEquals(ending, commands.run(List.of(program)).ending());
  }

  @Test
  void runsWithoutShellAndInEnglish() {
    Output output = commands.run(List.of("printenv", "LC_ALL"));
    assertEquals("C\n", output.out());
    assertEquals("$HOME;*\n", commands.run(List.of("echo", "$HOME;*")).out());
  }

  @Test
  void givesNoInput() {
    assertEquals(new Output(Ending.SUCCESS, "", ""), commands.run(List.of("cat")));
  }

  @Test
  void givesUpOnAProgramThatDoesNotEnd() {
    Commands impatient = new ProcessCommands(Duration.ofMillis(100));
    Output output =
        assertTimeout(
            Duration.ofSeconds(5), () -> impatient.run(List.of("tail", "-f", "/dev/null")));
    assertEquals(Ending.GIVEN_UP, output.ending());
  }

  @Test
  void givesUpOnAProgramThatSaysTooMuch() {
    Output output =
        assertTimeout(Duration.ofSeconds(9), () -> commands.run(List.of("cat", "/dev/zero")));
    assertEquals(Ending.GIVEN_UP, output.ending());
  }
}
