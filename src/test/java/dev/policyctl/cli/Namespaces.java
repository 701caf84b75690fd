package dev.policyctl.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Scripts that run in mount and process namespaces of their own, so that nothing outlives them. */
final class Namespaces {
  private Namespaces() {}

  /**
   * Runs a script; skips the calling test where it does not come as far as a step.
   *
   * @param certain the step
   * @return by the name after {@code ==}, what each step printed
   */
  static Map<String, String> run(String certain, String script, Path... arguments)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "timeout",
                "-k",
                "5",
                "240",
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--mount-proc",
                "--kill-child"));
    command.addAll(List.of("bash", script));
    List.of(arguments).forEach(argument -> command.add(argument.toString()));
    Process process = start(new ProcessBuilder(command).redirectErrorStream(true));
    String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    Map<String, String> steps = new HashMap<>();
    for (String step : all.split("(?m)^== ", -1)) {
      int end = step.indexOf('\n');
      steps.put(step.substring(0, Math.max(end, 0)), step.substring(end + 1));
    }
    assumeTrue(steps.containsKey(certain), () -> script + " cannot run here: " + all);
    return steps;
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      assumeTrue(false, "unshare cannot be run: " + e.getMessage());
      throw new IllegalStateException(e);
    }
  }
}
