package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hooks say and answer in every phase. */
class HookCommandTest {
  private static final String SOURCE = "/mnt/tank/web.raw";

  @TempDir Path folder;
  private HookWorld world;

  @BeforeEach
  void makeWorld() throws IOException {
    world = HookWorld.make(folder.toRealPath().resolve("root"));
  }

  private static void assertSays(int exit, String start, Cli.Result result) {
    assertEquals(exit, result.exit(), result.err());
    assertTrue(result.err().startsWith(start), result.err());
    assertEquals("", result.out());
  }

  private static void assertSilent(Cli.Result result) {
    assertSays(0, "", result);
    assertEquals("", result.err());
  }

  @Test
  void refusesADangerousMachineInPreStartAlone() throws IOException {
    world.machine(100, HookWorld.DIRECT);
    Cli.Result refused = world.proxmox("100", "pre-start");
    assertSays(
        1,
        "policyctl: guest `100` is refused: `scsi0` is written with O_DIRECT onto checksummed"
            + " btrfs\nnodes/pve1/qemu-server/100.conf:1:",
        refused);
    assertTrue(refused.err().contains("  help: set `cache=writeback`"), refused.err());
    assertSays(
        7,
        "policyctl: guest `100` is refused",
        world.proxmox("--refuse-with", "7", "100", "pre-start"));
    for (String phase : List.of("post-start", "pre-stop", "post-stop", "another")) {
      assertSilent(world.proxmox("100", phase));
    }
  }

  @Test
  void letsStartWhatIsSafeAndWhatOnlyAPendingChangeOrASnapshotHas() throws IOException {
    world.machine(100, HookWorld.SAFE);
    assertSilent(world.proxmox("100", "pre-start"));
    world.machine(101, HookWorld.SAFE + "[PENDING]\n" + HookWorld.DIRECT);
    assertSilent(world.proxmox("101", "pre-start"));
    world.machine(102, HookWorld.SAFE + "[before]\n" + HookWorld.DIRECT);
    world.write(
        "etc/pve/.policyctl.yaml",
        "{apiVersion: policyctl.dev/v1alpha1, kind: Configuration, spec: {failOn: warning}}\n");
    assertSilent(world.proxmox("102", "pre-start"));
  }

  @Test
  void whatIsUnknownStartsAndIsTold() throws IOException {
    world.machine(100, HookWorld.UNKNOWN);
    assertSays(
        0,
        "policyctl: guest `100` starts, though not all is known: `storage.type` of `nas`",
        world.proxmox("100", "pre-start"));
    world.machine(101, "scsi0: tank:1,aio=nativ\n");
    assertSays(
        0,
        "policyctl: guest `101` starts, though not all is known",
        world.proxmox("101", "pre-start"));
    assertSays(
        0,
        "policyctl: guest `999` starts unjudged: `/etc/pve` has no configuration of it",
        world.proxmox("999", "pre-start"));
    assertSays(
        0, "policyctl: guest `../100` starts unjudged", world.proxmox("../100", "pre-start"));
    Files.delete(world.root().resolve("etc/pve/local"));
    assertSays(
        0,
        "policyctl: guest `100` starts unjudged: `/etc/pve/local` is no link",
        world.proxmox("100", "pre-start"));
  }

  @Test
  void aHostThatDoesNotAnswerAndADefectLetItStart() throws Exception {
    world.machine(100, HookWorld.DIRECT);
    Path pipe = world.root().resolve("etc/pve/nodes/pve1/qemu-server/101.conf");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertSays(
        0,
        "policyctl: guest `101` starts unjudged: it took longer than 1 s",
        world.proxmox("--within", "1", "101", "pre-start"));
    HookOptions options = new HookOptions();
    options.root = world.root();
    java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();
    java.io.PrintStream stream =
        new java.io.PrintStream(err, true, java.nio.charset.StandardCharsets.UTF_8);
    HookRun run =
        new HookRun(new Terminal(stream, stream, false, false, false), options, "guest `1`");
    int exit =
        run.run(
            () -> {
              throw new StackOverflowError("deep");
            });
    assertEquals(0, exit);
    assertTrue(
        err.toString(java.nio.charset.StandardCharsets.UTF_8)
            .startsWith(
                "policyctl: guest `1` starts unjudged: a defect of policyctl: java.lang.StackOverflowError"),
        err.toString(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void aGuestThatComesFromAnotherNodeIsJudgedByThisOne() throws IOException {
    String image = "scsi0: tank:%s,cache=none\n";
    world.write("etc/pve/nodes/pve2/qemu-server/100.conf", image.formatted("100/a.raw"));
    Map<String, String> from = Map.of("PVE_MIGRATED_FROM", "pve2");
    Cli.Result refused = world.proxmox(from, "100", "pre-start");
    assertSays(1, "policyctl: guest `100` is refused", refused);
    assertTrue(refused.err().contains("\n100.conf:1:"), refused.err());
    assertTrue(refused.err().contains("`/mnt/tank` is btrfs"), refused.err());

    world.write("etc/pve/nodes/pve2/qemu-server/101.conf", image.formatted("101/gone.raw"));
    assertSays(
        0,
        "policyctl: guest `101` starts, though not all is known: `/mnt/tank/images/101/gone.raw` of"
            + " `scsi0` is not on this host\n",
        world.proxmox(from, "101", "pre-start"));
  }

  @Test
  void anImageOfAStorageThatIsNotMountedSaysNothing() throws IOException {
    world.machine(
        100,
        """
        scsi0: tank:9/gone.raw,cache=none
        scsi1: tank:100/a.raw,cache=writeback
        ide2: tank:iso/gone.iso,media=cdrom
        """);
    Cli.Result started = world.proxmox("100", "pre-start");
    assertSays(0, "policyctl: guest `100` starts, though not all is known: `/mnt/tank", started);
    assertTrue(!started.err().contains("O_DIRECT"), started.err());
    world.machine(
        101,
        HookWorld.DIRECT.replace("100/a", "9/gone") + HookWorld.DIRECT.replace("scsi0", "scsi1"));
    assertSays(1, "policyctl: guest `101` is refused: `scsi1`", world.proxmox("101", "pre-start"));
  }

  @Test
  void aBackupIsNotRefused() throws IOException {
    world.machine(100, "lock: backup\n" + HookWorld.DIRECT);
    assertSays(
        0,
        "policyctl: guest `100` starts for its backup, though `scsi0` is written with O_DIRECT",
        world.proxmox("100", "pre-start"));
    world.machine(101, HookWorld.DIRECT + "[before]\nlock: backup\n");
    assertSays(1, "policyctl: guest `101` is refused", world.proxmox("101", "pre-start"));
  }

  @Test
  void whatWasAcceptedStarts() throws IOException {
    world.machine(
        100,
        "#policyctl:allow direct-io-on-checksummed-data until=2099-01-01 reason=rebuilt every night\n"
            + HookWorld.DIRECT);
    assertSilent(world.proxmox("100", "pre-start"));
  }

  @Test
  void judgesContainersOfProxmoxForLxc() throws IOException {
    world.write("mnt/tank/images/103/a.raw", "");
    world.write(
        "etc/pve/nodes/pve1/lxc/103.conf",
        "arch: amd64\nostype: debian\nrootfs: tank:103/a.raw,size=8G\n");
    world.write(
        "etc/pve/nodes/pve1/lxc/104.conf",
        "arch: amd64\nostype: debian\nrootfs: /mnt/tank/nocow/disk.raw,size=8G\n");
    assertSilent(world.lxc(Map.of("LXC_NAME", "103")));
    Cli.Result refused = world.lxc(Map.of("LXC_NAME", "104"));
    assertSays(1, "policyctl: container `104` is refused", refused);
    assertSays(1, "policyctl: container `104`", world.lxc(Map.of(), "104", "lxc", "pre-start"));
    assertSilent(world.lxc(Map.of("LXC_NAME", "104", "LXC_HOOK_TYPE", "post-stop")));
    Map<String, String> ofProxmox =
        Map.of("LXC_NAME", "104", "LXC_CONFIG_FILE", "/var/lib/lxc/104/config");
    assertSays(1, "policyctl: container `104` is refused", world.lxc(ofProxmox));
    assertSays(
        0,
        "policyctl: container `104` starts unjudged: it is no container of Proxmox VE",
        world.lxc(Map.of("LXC_NAME", "104", "LXC_CONFIG_FILE", "/srv/lxc/104/config")));
    assertSays(
        0,
        "policyctl: container `web` starts unjudged: it is no container of Proxmox VE",
        world.lxc(Map.of("LXC_NAME", "web")));
  }

  @Test
  void refusesADomainWhereTheStartIsAbortedAndNeverElsewhere() {
    String domain = HookWorld.domain(" cache='none'", SOURCE);
    assertSays(
        1,
        "policyctl: domain `web` is refused: `vda` is written with O_DIRECT onto checksummed btrfs\n"
            + "web:7:",
        world.libvirt(domain, "web", "prepare", "begin", "-"));
    for (String operation :
        List.of("start", "started", "stopped", "release", "reconnect", "attach", "another")) {
      assertSilent(world.libvirt(domain, "web", operation, "begin", "-"));
    }
    assertSilent(world.libvirt(domain, "web", "prepare", "end", "-"));
    assertSilent(
        world.libvirt(
            HookWorld.domain(" cache='writeback'", SOURCE), "web", "prepare", "begin", "-"));
  }

  @Test
  void correctsADomainWhereLibvirtTakesIt() {
    for (String operation : List.of("restore", "migrate")) {
      Cli.Result corrected =
          world.libvirt(
              HookWorld.domain(" cache='none' io='native'", SOURCE),
              "web",
              operation,
              "begin",
              "-");
      assertEquals(0, corrected.exit(), corrected.err());
      assertEquals(HookWorld.domain(" cache='writeback'", SOURCE), corrected.out());
      assertTrue(
          corrected.err().startsWith("policyctl: domain `web` is corrected: `vda`"),
          corrected.err());
      assertSilent(world.libvirt(HookWorld.domain("", SOURCE), "web", operation, "begin", "-"));
      Cli.Result refused =
          world.libvirt(
              HookWorld.domain("", "/mnt/tank/nocow/disk.raw"), "web", operation, "begin", "-");
      assertSays(1, "policyctl: domain `web` is refused", refused);
    }
  }

  @Test
  void whatIsNoDomainStartsUnjudged() {
    for (String xml : List.of("", "no XML", "<domain", "<pool type='dir'><name>a</name></pool>")) {
      Cli.Result result = world.libvirt(xml, "web", "prepare", "begin", "-");
      assertEquals(0, result.exit(), result.err());
      assertTrue(result.err().startsWith("policyctl: domain `web` starts"), xml + result.err());
    }
  }

  @Test
  void findsADiskThroughItsPool() throws IOException {
    String domain =
        HookWorld.domain(" cache='none'", SOURCE)
            .replace("type='file' device", "type='volume' device")
            .replace("file='" + SOURCE + "'", "pool='images' volume='disk.raw'");
    Cli.Result unknown = world.libvirt(domain, "web", "prepare", "begin", "-");
    assertSays(0, "policyctl: domain `web` starts, though not all is known", unknown);
    world.write(
        "etc/libvirt/storage/images.xml",
        "<pool type='dir'><name>images</name><target><path>/mnt/tank/images/100/vm-100-disk-0</path></target></pool>\n");
    assertSays(
        1,
        "policyctl: domain `web` is refused",
        world.libvirt(domain, "web", "prepare", "begin", "-"));
  }
}
