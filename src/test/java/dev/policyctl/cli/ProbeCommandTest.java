package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.model.HostFacts;
import dev.policyctl.probe.RealDisks;
import dev.policyctl.resolve.KernelRelease;
import dev.policyctl.resolve.KernelThresholds;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeCommandTest {
  @TempDir private Path folder;

  private static HostFacts read(String facts) {
    HostFactsReader.Result result = HostFactsReader.read(SourceText.of("facts", facts));
    assertEquals(List.of(), result.problems());
    return result.hosts().get(0);
  }

  @Test
  void printsTheFactsOfThisHost() throws IOException {
    Cli.Result result = Cli.run("probe", folder.toString());
    HostFacts facts = read(result.out());
    assertEquals(
        Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
        facts.kernelRelease().orElseThrow());
    assertTrue(
        facts.files().stream().anyMatch(file -> file.path().equals(folder.toString())),
        result.out());
  }

  @Test
  void looksAtTheImagesOfTheGuestsOfARecordedHost() throws IOException {
    Files.createDirectories(folder.resolve("proc/self"));
    Files.createDirectories(folder.resolve("etc/pve/nodes/pve1/qemu-server"));
    Files.createSymbolicLink(folder.resolve("etc/pve/local"), Path.of("nodes/pve1"));
    Files.writeString(
        folder.resolve("proc/self/mountinfo"), "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
    Files.writeString(
        folder.resolve("etc/pve/storage.cfg"), "dir: tank\n\tpath /mnt/tank\n\tcontent images\n");
    Files.writeString(
        folder.resolve("etc/pve/nodes/pve1/qemu-server/100.conf"),
        "scsi0: tank:100/vm-100-disk-0.raw\n");
    LiveHost host = new LiveHost(folder);
    assertEquals(List.of("/mnt/tank/images/100/vm-100-disk-0.raw"), host.guestImages());
    assertTrue(host.owns(folder.resolve("etc/pve/nodes/pve1/qemu-server")));
    assertFalse(host.owns(folder.resolve("home")));
    Cli.Result result = Cli.run("probe", "--root", folder.toString());
    assertEquals("pve1", read(result.out()).name());
  }

  @Test
  void anInstalledProgramTellsEditorsTheSchemaOfAFile() throws Exception {
    Path facts = folder.resolve("pve1.yaml");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpolicyctl.schemas=/usr/share/policyctl/schemas",
                "-cp",
                System.getProperty("java.class.path"),
                Policyctl.class.getName(),
                "probe",
                "--output",
                facts.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    assertEquals(0, java.waitFor(), Files.readString(folder.resolve("said")));
    assertEquals(
        "# yaml-language-server: $schema=/usr/share/policyctl/schemas/host-facts.schema.json",
        Files.readAllLines(facts).get(0));
    read(Files.readString(facts));
  }

  @Test
  void provesNothingUnasked() {
    Cli.Result result = Cli.run("probe", "--prove", folder.toString());
    assertEquals(2, result.exit());
    assertEquals("", result.out());
    assertTrue(result.err().contains("nothing was written"), result.err());
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void refusesWhatCannotBe() {
    assertEquals(2, Cli.run("probe", "--root", folder.resolve("none").toString()).exit());
    assertEquals(2, Cli.run("probe", "--root", "/", "--prove", folder.toString(), "--yes").exit());
    assertEquals(2, Cli.run("probe", "--prove", folder.resolve("none").toString()).exit());
  }

  /** A real RAID1: probe and lint together find the copies without a judge. */
  @Test
  void factsOfARealMirrorDecide() throws Exception {
    RealDisks.assumeProgram("mkfs.btrfs");
    RealDisks.assumeProgram("lsattr");
    try (RealDisks disks = new RealDisks(folder)) {
      List<String> pair = disks.disks(2);
      RealDisks.run(
          "mkfs.btrfs", "-q", "-f", "-d", "raid1", "-m", "raid1", pair.get(0), pair.get(1));
      Path mount = disks.mount(pair.get(0), "rw", "tank");
      Path noCow = Files.createDirectories(mount.resolve("images/100")).resolve("a.raw");
      Path cow = Files.createDirectories(mount.resolve("images/101")).resolve("b.raw");
      Files.createFile(noCow);
      RealDisks.run("chattr", "+C", noCow.toString());
      Files.write(noCow, new byte[8192]);
      Files.write(cow, new byte[8192]);
      Path facts = folder.resolve("facts.yaml");
      Cli.run("probe", "--output", facts.toString(), noCow.toString(), cow.toString());

      assertTrue(
          lint(facts, "scsi0: " + noCow + ",cache=writeback\n")
              .contains("[nodatacow-on-redundant-data]"));
      KernelRelease kernel =
          KernelRelease.parse(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip())
              .orElseThrow();
      assertEquals(
          !KernelThresholds.BTRFS_BUFFERS_CHECKSUMMED.isReachedBy(kernel),
          lint(facts, "scsi0: " + cow + ",cache=none\n")
              .contains("[direct-io-on-checksummed-data]"));
    }
  }

  private String lint(Path facts, String guest) throws IOException {
    Path file = Files.writeString(folder.resolve("100.conf"), guest);
    return Cli.run("lint", "--as", "proxmox-qemu", "--facts", facts.toString(), file.toString())
        .out();
  }
}
