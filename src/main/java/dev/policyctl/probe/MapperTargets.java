package dev.policyctl.probe;

import dev.policyctl.model.HostFacts.Layer;
import dev.policyctl.probe.Commands.Output;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each device of device-mapper does. {@code dmsetup table} says it outright but wants root;
 * else the identifiers that LVM, cryptsetup and multipath give to their devices tell most of it.
 */
final class MapperTargets {
  /** Of several targets in one device the first of these tells the most about a direct write. */
  private static final List<String> TELLING =
      List.of("dm-mirror", "dm-raid", "dm-raid0", "dm-integrity", "crypt");

  private static final String INTEGRITY = "dm-integrity";

  private final Map<String, Layer> byMapped = new HashMap<>();

  /** Runs {@code dmsetup} when there is something to ask about. */
  static MapperTargets read(Commands commands, BlockDevices devices) {
    boolean any = devices.all().stream().anyMatch(BlockDevice::isMapped);
    if (!any) {
      return new MapperTargets("");
    }
    Output table = commands.run(List.of("dmsetup", "table"));
    return new MapperTargets(table.succeeded() ? table.out() : "");
  }

  // NAME: START LENGTH TARGET ARGUMENTS, a line for each target (dmsetup(8)).
  private MapperTargets(String table) {
    table.lines().forEach(this::add);
  }

  private void add(String line) {
    int colon = line.indexOf(": ");
    String[] words = colon < 0 ? new String[0] : line.substring(colon + 2).split(" ");
    if (words.length >= 3) {
      Layer layer = layer(line.substring(0, colon), words);
      byMapped.merge(layer.name(), layer, MapperTargets::moreTelling);
    }
  }

  private static Layer moreTelling(Layer one, Layer other) {
    int rank = TELLING.indexOf(one.kind());
    int otherRank = TELLING.indexOf(other.kind());
    return otherRank >= 0 && (rank < 0 || otherRank < rank) ? other : one;
  }

  // Kernel documentation, admin-guide/device-mapper: dm-raid, dm-integrity.
  private static Layer layer(String name, String[] words) {
    String target = words[2];
    return switch (target) {
      case "crypt", "multipath" -> new Layer(name, target, Optional.empty());
      case "raid" -> {
        boolean striped = words.length > 3 && words[3].startsWith("raid0");
        yield new Layer(name, striped ? "dm-raid0" : "dm-raid", Optional.empty());
      }
      case "integrity" -> {
        Optional<Boolean> journal =
            words.length > 6 ? Optional.of(words[6].equals("J")) : Optional.empty();
        yield new Layer(name, INTEGRITY, journal);
      }
      default -> new Layer(name, "dm-" + target, Optional.empty());
    };
  }

  /** The layer that a device is; nothing when only root could tell. */
  Optional<Layer> layerOf(BlockDevice device, BlockDevices devices) {
    Layer told = byMapped.get(device.mapped());
    if (told != null) {
      boolean plain = device.isLogicalVolume() && !TELLING.contains(told.kind());
      return Optional.of(new Layer(device.mapped(), plain ? "lvm" : told.kind(), told.journal()));
    }
    return kindByIdentifier(device, devices)
        .map(
            kind ->
                new Layer(
                    device.mapped(),
                    kind,
                    kind.equals(INTEGRITY)
                        ? Optional.of(!device.stableWrites())
                        : Optional.empty()));
  }

  // The kernel asks for stable writes of dm-integrity without journal only (measured on 6.1).
  private static Optional<String> kindByIdentifier(BlockDevice device, BlockDevices devices) {
    String uuid = device.mapperUuid();
    if (device.isLogicalVolume()) {
      return Optional.of(kindOfLogicalVolume(device, devices));
    }
    if (uuid.startsWith("CRYPT-INTEGRITY-")) {
      return Optional.of(INTEGRITY);
    }
    if (uuid.startsWith("CRYPT-VERITY-")) {
      return Optional.of("dm-verity");
    }
    if (uuid.startsWith("CRYPT-")) {
      return Optional.of("crypt");
    }
    if (uuid.startsWith("mpath-")) {
      return Optional.of("multipath");
    }
    return uuid.matches("part\\d+-.*") ? Optional.of("partition") : Optional.empty();
  }

  // LVM's parts of a mirror end in _mimage_N, of a RAID in _rimage_N; RAID0 has no _rmeta_N.
  private static String kindOfLogicalVolume(BlockDevice device, BlockDevices devices) {
    boolean images = false;
    boolean metadata = false;
    for (String slave : device.slaves()) {
      String part = devices.find(slave).map(BlockDevice::mapped).orElse("");
      if (part.contains("_mimage_")) {
        return "dm-mirror";
      }
      images |= part.contains("_rimage_");
      metadata |= part.contains("_rmeta_");
    }
    return images ? (metadata ? "dm-raid" : "dm-raid0") : "lvm";
  }
}
