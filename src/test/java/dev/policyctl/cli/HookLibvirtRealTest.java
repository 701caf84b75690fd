package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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
    Path root = folder.toRealPath().resolve("host");
    HookWorld.make(root);
    Path program = ProgramScript.write(folder.resolve("bin/policyctl"));
    Path hooked = ProgramScript.write(folder.resolve("bin/hooked"), "--root", root.toString());
    Path work = Files.createDirectories(folder.resolve("work"));
    Map<String, String> steps =
        Namespaces.run("safe", "src/test/resources/hooks/libvirtd.sh", work, program, hooked);

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
}
