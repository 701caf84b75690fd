package dev.policyctl.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The recorded host {@code pve1} with definitions of its own: btrfs with checksums at /mnt/tank.
 */
record HookWorld(Path root) {
  static final String STORAGES = "dir: tank\n\tpath /mnt/tank\n\tcontent images,rootdir\n";
  static final String DIRECT = "scsi0: tank:100/a.raw,cache=none\n";
  static final String SAFE = "scsi0: tank:100/a.raw,cache=writeback\n";
  static final String UNKNOWN = "scsi0: nas:100/a.raw,cache=none\n";

  static HookWorld make(Path root) throws IOException {
    copy(Path.of("src/test/resources/hosts/btrfs-images"), root);
    HookWorld world = new HookWorld(root);
    world.write("etc/pve/storage.cfg", STORAGES);
    world.write("mnt/tank/images/100/a.raw", "");
    world.write("mnt/tank/web.raw", "");
    Files.createDirectories(root.resolve("etc/pve/nodes/pve1"));
    Files.createSymbolicLink(root.resolve("etc/pve/local"), Path.of("nodes/pve1"));
    Files.createDirectories(root.resolve("etc/libvirt/qemu"));
    return world;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
  }

  Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  Path machine(int vmid, String text) throws IOException {
    return write("etc/pve/nodes/pve1/qemu-server/" + vmid + ".conf", text);
  }

  /** A domain with one disk. */
  static String domain(String driver, String source) {
    return """
        <domain type='qemu'>
          <name>web</name>
          <memory>65536</memory>
          <os><type arch='x86_64'>hvm</type></os>
          <devices>
            <disk type='file' device='disk'>
              <driver name='qemu' type='raw'%s/>
              <source file='%s'/>
              <target dev='vda' bus='virtio'/>
            </disk>
          </devices>
        </domain>
        """
        .formatted(driver, source);
  }

  Cli.Result proxmox(String... arguments) {
    return proxmox(Map.of(), arguments);
  }

  Cli.Result proxmox(Map<String, String> environment, String... arguments) {
    return run(terminal -> new HookProxmoxCommand(terminal, environment), arguments);
  }

  Cli.Result lxc(Map<String, String> environment, String... arguments) {
    return run(terminal -> new HookLxcCommand(terminal, environment), arguments);
  }

  Cli.Result libvirt(String xml, String... arguments) {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    return run(
        terminal -> new HookLibvirtCommand(terminal, new ByteArrayInputStream(bytes)), arguments);
  }

  private interface Hook {
    Object with(Terminal terminal);
  }

  private Cli.Result run(Hook hook, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            false);
    List<String> all =
        Stream.concat(Stream.of("--root", root.toString()), Stream.of(arguments)).toList();
    int exit = new CommandLine(hook.with(terminal)).execute(all.toArray(String[]::new));
    return new Cli.Result(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
