package dev.policyctl.cli;

import dev.policyctl.hook.Hook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which hook is meant, and where it belongs. */
final class HookPlace {
  private static final String PACKAGED = "/usr/bin/policyctl";

  @Parameters(
      index = "0",
      paramLabel = "HOOK",
      description = "proxmox, lxc or libvirt",
      completionCandidates = HookKinds.class)
  private String kind = "";

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "work on the host below this directory, as packages do")
  private Path root = Path.of("/");

  @Option(
      names = "--program",
      paramLabel = "PATH",
      description = "what the hook calls (default: this program)")
  private Optional<String> program = Optional.empty();

  @Option(
      names = "--storage",
      paramLabel = "NAME",
      description = "of Proxmox VE: where the hookscript is kept (default: local)")
  private String storage = "local";

  boolean isProxmox() {
    return kind.equals("proxmox");
  }

  boolean isLive() {
    return root().equals(Path.of("/"));
  }

  Path root() {
    return root.toAbsolutePath().normalize();
  }

  /** As a guest's configuration names the hookscript. */
  String volumeId() {
    return storage + ":snippets/policyctl";
  }

  Hook hook() {
    Hook hook =
        switch (kind) {
          case "proxmox" ->
              Hook.proxmox(
                  new SnippetsFolder(root()).of(storage), program(), HookProxmoxCommand.PHASE);
          case "lxc" -> Hook.lxc(root(), program());
          case "libvirt" -> Hook.libvirt(root(), program(), HookLibvirtCommand.JUDGED);
          default -> throw UsageErrors.unknownWord("hook", kind, HookKinds.ALL);
        };
    if (!hook.hasHost()) {
      throw new UsageException(
          "there is no `" + hook.needed() + "`: nothing here would call the hook",
          "run it on a host with " + product());
    }
    return hook;
  }

  private String product() {
    return switch (kind) {
      case "lxc" -> "LXC";
      case "libvirt" -> "libvirt";
      default -> "Proxmox VE";
    };
  }

  private String program() {
    if (program.isPresent()) {
      if (!program.get().startsWith("/")) {
        throw new UsageException("`--program` must be an absolute path", "name it from `/` on");
      }
      return program.get();
    }
    Path own = Path.of(System.getProperty("policyctl.home", "/usr"), "policyctl");
    boolean useOwn = isLive() && !Files.exists(Path.of(PACKAGED)) && Files.isExecutable(own);
    return useOwn ? own.toString() : PACKAGED;
  }
}
