package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The installed hook in real containers: at {@code lxc-start}, and when a container reboots from
 * inside. Needs Debian's lxc and busybox-static, and root; skipped where one is missing.
 */
class HookLxcRealTest {
  private static final String REFUSAL = "is refused: `rootfs` has copies on btrfs but no checksums";

  @TempDir Path folder;

  @Test
  void refusesAStartAndARebootFromInside() throws Exception {
    Path host = folder.toRealPath().resolve("host");
    HookWorld.make(host);
    Path program = ProgramScript.write(folder.resolve("bin/policyctl"));
    Path hooked = ProgramScript.write(folder.resolve("bin/hooked"), "--root", host.toString());
    Path work = Files.createDirectories(folder.resolve("work"));
    Map<String, String> steps =
        Namespaces.run("install", "src/test/resources/hooks/lxc.sh", work, program, hooked, host);

    assertEquals("started\nRUNNING\n", steps.get("ungated"));
    assertEquals("started\nRUNNING\n", steps.get("safe"));
    assertRefused("104", "not started\nSTOPPED\n", steps.get("refused"));
    assertEquals("RUNNING\n", steps.get("rebooted"));
    assertRefused("103", "STOPPED\n", steps.get("refused-at-reboot"));
    assertTrue(steps.get("removed").endsWith("started\nRUNNING\n"), steps.get("removed"));
  }

  private static void assertRefused(String container, String state, String said) {
    assertTrue(said.startsWith(state), said);
    assertTrue(said.contains("policyctl: container `" + container + "` " + REFUSAL), said);
  }
}
