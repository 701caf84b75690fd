package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code hook install}, {@code status} and {@code remove} make of a host. */
class HookInstallTest {
  @TempDir Path folder;
  private Path root;
  private Path qemu;

  @BeforeEach
  void makeHost() throws IOException {
    root = folder.resolve("host");
    HookWorld.make(root);
    qemu = root.resolve("etc/libvirt/hooks/qemu.d/policyctl");
  }

  private Cli.Result hook(String action, String kind, String... options) {
    String[] all = new String[options.length + 5];
    all[0] = "hook";
    all[1] = action;
    all[2] = kind;
    all[3] = "--root";
    all[4] = root.toString();
    System.arraycopy(options, 0, all, 5, options.length);
    return Cli.run(all);
  }

  private void assertHook(int exit, String start, String action, String kind, String... options) {
    Cli.Result result = hook(action, kind, options);
    assertEquals(exit, result.exit(), result.out() + result.err());
    assertTrue(result.out().startsWith(start), result.out());
  }

  @Test
  void installsOnceRenewsAndRemoves() throws IOException {
    assertHook(1, "`" + qemu + "` is not installed", "status", "libvirt");
    assertHook(0, "made `" + qemu, "install", "libvirt");
    String made = Files.readString(qemu);
    assertTrue(Files.isExecutable(qemu));
    assertHook(0, "`" + qemu + "` is there already", "install", "libvirt");
    assertEquals(made, Files.readString(qemu));
    assertHook(0, "`" + qemu + "` is installed", "status", "libvirt");

    Files.writeString(qemu, made + "exit 1\n");
    assertHook(1, "`" + qemu + "` is of another version", "status", "libvirt");
    assertHook(0, "renewed `" + qemu, "install", "libvirt");
    assertEquals(made, Files.readString(qemu));
    Files.setPosixFilePermissions(qemu, PosixFilePermissions.fromString("rw-r--r--"));
    assertHook(1, "`" + qemu + "` is of another version", "status", "libvirt");

    Cli.Result removed = hook("remove", "libvirt");
    assertTrue(removed.out().contains("removed `" + qemu + "`"), removed.out());
    assertFalse(Files.exists(qemu));
    assertHook(
        0,
        "`" + qemu.resolveSibling("../lxc.d/policyctl").normalize() + "` is not there",
        "remove",
        "libvirt");
  }

  @Test
  void leavesWhatIsSomebodyElsesAlone() throws IOException {
    String foreign = "#!/bin/sh\nexit 0\n";
    Files.createDirectories(qemu.getParent());
    Files.writeString(qemu, foreign);
    assertHook(1, "`" + qemu + "` is somebody else's and stays as it is", "install", "libvirt");
    Path other = root.resolve("etc/libvirt/hooks/lxc.d/policyctl");
    assertFalse(Files.exists(other), "half an installation");
    assertHook(1, "`" + qemu + "` is somebody else's", "status", "libvirt");
    hook("remove", "libvirt");
    assertEquals(foreign, Files.readString(qemu));

    Files.delete(qemu);
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), foreign);
    Files.createSymbolicLink(qemu, elsewhere);
    assertHook(1, "`" + qemu + "` is somebody else's", "install", "libvirt");
    assertEquals(foreign, Files.readString(elsewhere));
  }

  @Test
  void tellsOfGuestsThatNameTheHookscript() throws IOException {
    Files.createDirectories(root.resolve("var/lib/vz"));
    HookWorld world = new HookWorld(root);
    world.machine(100, HookWorld.SAFE + "[snap]\nhookscript: local:snippets/policyctl\n");
    world.machine(101, "hookscript: local:snippets/gpu.pl\n" + HookWorld.SAFE);
    world.write("etc/pve/nodes/pve1/lxc/102.conf", "arch: amd64\n");
    world.write("etc/pve/nodes/pve2/lxc/103.conf", "arch: amd64\n");
    String script = root.resolve("var/lib/vz/snippets/policyctl").toString();
    Cli.Result installed = hook("install", "proxmox");
    assertEquals(
        "made `"
            + script
            + "`\n"
            + HookWords.afterInstalling(hookOf()).orElseThrow()
            + "\n"
            + """
            guests that name no hookscript yet; these commands make them name it:
              qm set 100 --hookscript local:snippets/policyctl
              pct set 102 --hookscript local:snippets/policyctl
            guest `101` names `local:snippets/gpu.pl`: let that script call `policyctl hook proxmox "$1" "$2"` and obey its exit code
            """,
        installed.out());

    world.machine(100, "hookscript: local:snippets/policyctl\n" + HookWorld.SAFE);
    Cli.Result status = hook("status", "proxmox");
    assertTrue(status.out().endsWith("1 of 4 guests in the cluster name it\n"), status.out());
    Cli.Result refused = hook("remove", "proxmox");
    assertEquals(1, refused.exit());
    assertTrue(
        refused.out().contains("  qm set 100 --delete hookscript   # on pve1"), refused.out());
    assertTrue(Files.exists(Path.of(script)), "a guest would not start any more");
    world.machine(100, HookWorld.SAFE);
    assertHook(0, "removed `" + script, "remove", "proxmox");
  }

  private dev.policyctl.hook.Hook hookOf() {
    return dev.policyctl.hook.Hook.proxmox(root, "/usr/bin/policyctl", "pre-start");
  }

  @Test
  void findsTheFolderOfAStorage() throws IOException {
    new HookWorld(root)
        .write(
            "etc/pve/storage.cfg",
            HookWorld.STORAGES
                + "\nnfs: nas\n\tpath /mnt/tank\n\tserver a\n\texport /b\n"
                + "\tcontent snippets\n\tcontent-dirs iso=i,snippets=my/hooks\n"
                + "\nrbd: ceph\n\tcontent images\n");
    String script = root.resolve("mnt/tank/my/hooks/policyctl").toString();
    Files.createDirectories(root.resolve("mnt/tank/my"));
    assertHook(0, "made `" + script, "install", "proxmox", "--storage", "nas");
    Cli.Result none = hook("install", "proxmox", "--storage", "ceph");
    assertEquals(2, none.exit());
    assertTrue(none.err().contains("storage `ceph` names no directory"), none.err());
    Cli.Result typo = hook("install", "proxmox", "--storage", "nsa");
    assertEquals(2, typo.exit());
    assertTrue(typo.err().contains("did you mean `nas`?"), typo.err());
  }

  @Test
  void saysWhereNothingWouldCallIt() {
    Cli.Result none = hook("install", "lxc");
    assertEquals(2, none.exit());
    assertTrue(none.err().contains("run it on a host with LXC"), none.err());
    Cli.Result typo = hook("install", "libvrt");
    assertEquals(2, typo.exit());
    assertTrue(typo.err().contains("did you mean `libvirt`?"), typo.err());
    Cli.Result action = Cli.run("hook", "instal", "libvirt");
    assertEquals(2, action.exit());
    assertTrue(action.err().contains("unknown command or argument `instal`"), action.err());
    assertTrue(action.err().contains("did you mean `install`?"), action.err());
  }

  @Test
  void theScriptRefusesOnlyWhereTheProgramSaysSo() throws Exception {
    Path program = folder.resolve("it's a program");
    hook("install", "libvirt", "--program", program.toString());
    assertScript(0, "", "", "start", "exit 93");
    assertScript(0, "", "", "reconnect", "exit 93");
    assertScript(1, "", "no\n", "prepare", "echo no >&2; exit 93");
    assertScript(0, "", "", "prepare", "exit 0");
    assertScript(0, "<domain/>\n", "", "restore", "cat");
    String failed = "policyctl: the hook failed: the guest starts unjudged\n";
    for (String failure : new String[] {"exit 1", "exit 2", "exit 70", "kill -9 $$", "exit 124"}) {
      assertScript(0, "", failed, "prepare", failure);
    }
    assertScript(0, "", failed, "migrate", "echo '<doma'; exit 1");
    Files.delete(program);
    assertRun(0, "", "policyctl: " + program + " is gone: the guest starts unjudged\n", "prepare");
  }

  @Test
  void aFileSwitchesAllHooksOff() throws Exception {
    hook("install", "libvirt", "--program", folder.resolve("it's a program").toString());
    assertScript(1, "", "", "prepare", "exit 93");
    Path off = new HookWorld(root).write("etc/policyctl/hooks-off", "");
    Cli.Result status =
        hook("status", "libvirt", "--program", folder.resolve("it's a program").toString());
    assertEquals(1, status.exit());
    assertTrue(status.out().endsWith("`" + off + "` turns all hooks off\n"), status.out());

    String script = Files.readString(qemu);
    assertTrue(script.contains(" -e /etc/policyctl/hooks-off "), script);
    Files.writeString(qemu, script.replace("/etc/policyctl/hooks-off", off.toString()));
    assertRun(0, "", "", "prepare");
    Files.delete(off);
    assertRun(1, "", "", "prepare");
  }

  private void assertScript(int exit, String out, String err, String operation, String body)
      throws Exception {
    Path program = folder.resolve("it's a program");
    Files.writeString(program, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertRun(exit, out, err, operation);
  }

  private void assertRun(int exit, String out, String err, String operation) throws Exception {
    Path errors = folder.resolve("errors");
    Path xml = Files.writeString(folder.resolve("xml"), "<domain/>\n");
    Process process =
        new ProcessBuilder(qemu.toString(), "web", operation, "begin", "-")
            .redirectInput(xml.toFile())
            .redirectError(errors.toFile())
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(exit, process.waitFor(), operation);
    assertEquals(out, said);
    assertEquals(
        err,
        Files.readString(errors)
            .lines()
            .filter(line -> !line.contains("Killed"))
            .map(line -> line + "\n")
            .reduce("", String::concat));
  }
}
