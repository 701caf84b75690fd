package dev.policyctl.probe;

import dev.policyctl.model.HostFacts.Loop;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The loop devices that write to a file, by that file; from {@code /sys/block/loopN/loop}. */
final class LoopProbe {
  private static final String GONE = " (deleted)";

  private final Map<String, Loop> byFile = new LinkedHashMap<>();
  private final Set<String> direct = new HashSet<>();

  LoopProbe(HostTree tree, BlockDevices devices) {
    for (BlockDevice device : devices.all()) {
      if (device.name().startsWith("loop") && !device.isPartition()) {
        read(tree, device.name());
      }
    }
  }

  private void read(HostTree tree, String name) {
    String folder = "/sys/block/" + name;
    Optional<String> file = tree.value(folder + "/loop/backing_file");
    if (file.isEmpty() || file.get().isEmpty() || file.get().endsWith(GONE)) {
      return;
    }
    boolean directIo = tree.isFlagged(folder + "/loop/dio");
    if (directIo) {
      direct.add(name);
    }
    if (!tree.isFlagged(folder + "/ro")) {
      byFile.merge(file.get(), new Loop(name, directIo), LoopProbe::moreDirect);
    }
  }

  // A file that is attached twice is written by the more dangerous of the two as well.
  private static Loop moreDirect(Loop one, Loop other) {
    return one.directIo() ? one : other;
  }

  /** Absolute path of the file, as the kernel tells it, and the device it is attached to. */
  Map<String, Loop> byFile() {
    return byFile;
  }

  /** Names of all devices that bypass the page cache, read-only ones too. */
  Set<String> direct() {
    return direct;
  }
}
