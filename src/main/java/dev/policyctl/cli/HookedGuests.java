package dev.policyctl.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The guests of a Proxmox VE cluster, and which of them name a hookscript. */
final class HookedGuests {
  private static final Map<String, String> TOOLS = Map.of("qemu-server", "qm", "lxc", "pct");

  /**
   * @param tool what changes its configuration: {@code qm} or {@code pct}
   * @param hookscript as it names it; empty when it names none
   */
  record Guest(String node, String vmid, String tool, String hookscript) {
    List<String> naming(String volumeId) {
      return List.of(tool, "set", vmid, "--hookscript", volumeId);
    }

    List<String> namingNone() {
      return List.of(tool, "set", vmid, "--delete", "hookscript");
    }
  }

  private HookedGuests() {}

  static List<Guest> of(Path root) throws IOException {
    List<Guest> guests = new ArrayList<>();
    Path nodes = root.resolve("etc/pve/nodes");
    if (!Files.isDirectory(nodes)) {
      return guests;
    }
    for (Path node : entries(nodes, "*")) {
      for (Map.Entry<String, String> each : TOOLS.entrySet()) {
        Path folder = node.resolve(each.getKey());
        for (Path file :
            Files.isDirectory(folder) ? entries(folder, "[0-9]*.conf") : List.<Path>of()) {
          String vmid = file.getFileName().toString().replace(".conf", "");
          guests.add(
              new Guest(
                  node.getFileName().toString(),
                  vmid,
                  each.getValue(),
                  option(file, "hookscript")));
        }
      }
    }
    guests.sort(
        Comparator.comparingInt((Guest guest) -> guest.vmid().length()).thenComparing(Guest::vmid));
    return guests;
  }

  private static List<Path> entries(Path folder, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      entries.forEach(found::add);
    }
    return found;
  }

  /** What the current section, which ends where that of a snapshot begins, sets a key to. */
  static String option(Path file, String key) throws IOException {
    String start = key + ":";
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
        .lines()
        .takeWhile(line -> !line.startsWith("["))
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElse("");
  }
}
