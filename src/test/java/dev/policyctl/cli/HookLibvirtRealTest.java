package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The installed hook under a real libvirtd with a real QEMU, which opens what libvirt tells it to.
 * Needs Debian's libvirt-daemon-system and qemu-system-x86, and root for namespaces; skipped where
 * one is missing.
 */
class HookLibvirtRealTest {
  @TempDir Path folder;

  @Test
  void refusesCorrectsAndNeverKills() throws Exception {
    Map<String, String> steps = run();

    assertTrue(steps.get("install").contains("made `/etc/libvirt/hooks/qemu.d/policyctl`"));
    assertEquals("running\n\nbuffered\n", steps.get("safe"));
    String refused = steps.get("refused");
    assertTrue(
        refused.contains(
            "policyctl: domain `web` is refused: `vda` is written with O_DIRECT onto checksummed"
                + " btrfs"),
        refused);
    assertTrue(refused.contains("help: replace `none` by `writeback`"), refused);
    assertTrue(refused.endsWith("shut off\n\n"), refused);
    assertTrue(steps.get("removed").endsWith("direct\n"), steps.get("removed"));
    assertEquals("running\n\nbuffered\n", steps.get("restored"), "the saved guest was direct");
    assertEquals("running\n\nthe same process\n", steps.get("reconnected"));
    assertTrue(steps.get("refused-again").contains("is refused"), steps.get("refused-again"));
  }

  /** What each step printed. */
  private Map<String, String> run() throws Exception {
    Path root = folder.toRealPath().resolve("host");
    HookWorld.make(root);
    Path program = ProgramScript.write(folder.resolve("bin/policyctl"));
    Path hooked = ProgramScript.write(folder.resolve("bin/hooked"), "--root", root.toString());
    Path work = Files.createDirectories(folder.resolve("work"));
    ProcessBuilder builder =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--mount-proc",
                "--kill-child",
                "bash",
                "src/test/resources/hooks/libvirtd.sh",
                work.toString(),
                program.toString(),
                hooked.toString())
            .redirectErrorStream(true);
    Process process = start(builder);
    String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assumeTrue(all.contains("== safe"), () -> "no libvirtd of our own can run: " + all);
    Map<String, String> steps = new HashMap<>();
    for (String step : all.split("(?m)^== ", -1)) {
      int end = step.indexOf('\n');
      steps.put(step.substring(0, Math.max(end, 0)), step.substring(end + 1));
    }
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
