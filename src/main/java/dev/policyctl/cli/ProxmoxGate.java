package dev.policyctl.cli;

import dev.policyctl.cli.GuestGate.Judged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the configuration of a guest that this Proxmox VE node starts, and judges it. */
final class ProxmoxGate {
  private static final List<String> FOLDERS = List.of("qemu-server", "lxc");

  private final LiveHost host;
  private final HookRun run;

  /**
   * @param run takes why a guest is not judged
   */
  ProxmoxGate(LiveHost host, HookRun run) {
    this.host = host;
    this.run = run;
  }

  /** Where this node has the guest's configuration; empty where there is none. */
  Optional<Path> configuration(String vmid) {
    return host.nodeName().flatMap(node -> configuration(node, vmid));
  }

  private Optional<Path> configuration(String node, String vmid) {
    boolean isPlain = vmid.chars().allMatch(c -> c >= '0' && c <= '9') && !node.contains("/");
    return isPlain
        ? FOLDERS.stream()
            .map(folder -> file(node, folder, vmid))
            .filter(Files::isReadable)
            .findFirst()
        : Optional.empty();
  }

  private Path file(String node, String folder, String vmid) {
    return host.root()
        .resolve("etc/pve/nodes")
        .resolve(node)
        .resolve(folder)
        .resolve(vmid + ".conf");
  }

  /**
   * @param from the node that has the configuration, where the guest comes from another
   */
  Optional<Judged> judge(String vmid, Optional<String> from) throws IOException {
    Optional<String> here = host.nodeName();
    if (here.isEmpty()) {
      run.startsUnjudged("`/etc/pve/local` is no link to a node of Proxmox VE");
      return Optional.empty();
    }
    Optional<Path> found =
        Stream.of(here, from)
            .flatMap(Optional::stream)
            .map(node -> configuration(node, vmid))
            .flatMap(Optional::stream)
            .findFirst();
    if (found.isEmpty()) {
      run.startsUnjudged("`/etc/pve` has no configuration of it");
      return Optional.empty();
    }
    InputFile guest = asOf(here.get(), found.get());
    Judged judged = new GuestGate(host).judge(guest, List.of(), false);
    // A backup starts a stopped guest to read it, and one that it has stopped to go on as before
    // (qemu-server 9 and pve-container 6, src/PVE/VZDump): refused, the one would have no backup
    // and the other would stay down.
    boolean forBackup = HookedGuests.option(found.get(), "lock").equals("backup");
    return Optional.of(forBackup ? judged.despite("for its backup") : judged);
  }

  /** A guest that comes from another node is judged as one of this node. */
  private InputFile asOf(String node, Path file) {
    Path top = host.root().resolve("etc/pve");
    Path directory = top.resolve("nodes").resolve(node).resolve(file.getParent().getFileName());
    Path path = directory.resolve(file.getFileName());
    // The node in a path is the one that the guest is judged for.
    String display = (path.equals(file) ? top.relativize(file) : file.getFileName()).toString();
    return new InputFile(
        path,
        display,
        path.toString(),
        directory,
        Optional.of(top),
        true,
        () -> Files.newInputStream(file));
  }
}
