package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnoseCommandTest {
  private static final String LOG =
      "[ 812.001] BTRFS warning (device sdc1): csum failed root 5 ino 257 off 8192 csum 0x1b2c3d4e"
          + " expected csum 0x5f6a7b8c mirror 1\n";

  @TempDir private Path folder;

  @Test
  void findsTheGuestAndTheDefinitionThatExplainsTheDamage() throws IOException {
    Path log = Files.writeString(folder.resolve("kern.log"), LOG);
    Path facts =
        Files.writeString(
            folder.resolve("pve1.yaml"),
            """
            apiVersion: policyctl.dev/v1alpha1
            kind: HostFacts
            metadata: {name: pve1}
            spec:
              kernel: {release: 6.8.12-4-pve}
              filesystems:
                - {mountPoint: /mnt/tank, source: /dev/sdc1, type: btrfs, options: [rw], btrfs: {dataProfiles: [single], devices: 1}, below: []}
              files:
                - {path: /mnt/tank/images/100/vm-100-disk-0.raw, noCow: false, inode: 257, root: 5}
            """);
    Cli.Result result =
        Cli.run(
            "diagnose",
            "--definitions",
            "examples/proxmox",
            "--facts",
            facts.toString(),
            log.toString());
    assertEquals(1, result.exit(), result.out() + result.err());
    assertTrue(result.out().contains("`scsi0` of `100`"), result.out());
    assertTrue(result.out().contains("1 explained by a definition"), result.out());
  }

  @Test
  void aLogWithoutErrorsIsNoFailure() throws IOException {
    Path log = Files.writeString(folder.resolve("kern.log"), "[ 1.0] usb 1-1: new device\n");
    assertEquals(
        0, Cli.run("diagnose", "--definitions", "examples/proxmox", log.toString()).exit());
  }

  @Test
  void aMissingLogIsTold() {
    Cli.Result result = Cli.run("diagnose", folder.resolve("none.log").toString());
    assertEquals(2, result.exit());
    assertTrue(result.err().contains("no such file"), result.err());
  }
}
