package dev.policyctl.probe;

import dev.policyctl.model.HostFacts.Layer;
import dev.policyctl.model.HostFacts.VolumeGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The LVM volume groups that have an active volume, and what lies below them. */
final class VolumeGroupProbe {
  private static final Set<String> COPYING = Set.of("dm-mirror", "dm-raid");

  private final BlockDevices devices;
  private final BlockProbe blocks;
  private final Notes notes;

  VolumeGroupProbe(BlockDevices devices, BlockProbe blocks, Notes notes) {
    this.devices = devices;
    this.blocks = blocks;
    this.notes = notes;
  }

  /** By name. */
  List<VolumeGroup> read() {
    Map<String, List<BlockDevice>> volumes = new TreeMap<>();
    Set<String> parts = new HashSet<>();
    for (BlockDevice device : devices.all()) {
      if (device.isLogicalVolume()) {
        volumes.computeIfAbsent(device.volumeGroup(), group -> new ArrayList<>()).add(device);
        parts.addAll(device.slaves());
      }
    }
    List<VolumeGroup> groups = new ArrayList<>();
    volumes.forEach(
        (name, members) -> {
          members.removeIf(member -> parts.contains(member.name()));
          groups.add(new VolumeGroup(name, below(name, members)));
        });
    return groups;
  }

  // A mirror that LVM itself keeps belongs to single volumes: it is told of the group only where
  // every volume has one.
  private Optional<List<Layer>> below(String group, List<BlockDevice> volumes) {
    Map<Layer, Layer> layers = new LinkedHashMap<>();
    Set<Boolean> copied = new LinkedHashSet<>();
    for (BlockDevice volume : volumes) {
      Optional<List<Layer>> chain = blocks.below(List.of(volume.name()));
      if (chain.isEmpty()) {
        return Optional.empty();
      }
      copied.add(chain.get().stream().anyMatch(layer -> isOwnCopy(layer, group)));
      chain.get().stream()
          .filter(layer -> !layer.kind().equals("lvm"))
          .forEach(layer -> layers.putIfAbsent(layer, layer));
    }
    if (copied.size() > 1) {
      notes.warning(
          "/dev/" + group,
          "what lies below the volume group is not the same for all of its volumes: LVM keeps"
              + " copies of some",
          "write `below` of the volume group that holds the guests' volumes into the facts");
      return Optional.empty();
    }
    return Optional.of(List.copyOf(layers.keySet()));
  }

  private boolean isOwnCopy(Layer layer, String group) {
    return COPYING.contains(layer.kind())
        && devices
            .nameOf("/dev/mapper/" + layer.name())
            .flatMap(devices::find)
            .filter(device -> device.isLogicalVolume() && device.volumeGroup().equals(group))
            .isPresent();
  }
}
