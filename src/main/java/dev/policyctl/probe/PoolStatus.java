package dev.policyctl.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code zpool status -LP} (zpool-status(8)): below {@code config:} the pool stands after a
 * tab, its virtual devices two blanks deeper, theirs two more. Logs, caches, spares and special
 * devices are groups of their own beside the pool.
 */
final class PoolStatus {

  /**
   * What one pool is made of.
   *
   * @param redundancy the worst of the devices that keep data: {@code stripe}, {@code mirror},
   *     {@code raidz1}, {@code draid2}; absent when none is listed
   * @param devices paths of all leaves
   */
  record Pool(Optional<String> redundancy, List<String> devices) {}

  private final Map<String, Pool> pools = new LinkedHashMap<>();
  private String name = "";
  private boolean inConfig;
  private boolean inData;
  private List<String> kinds = new ArrayList<>();
  private Set<String> devices = new LinkedHashSet<>();

  private PoolStatus() {}

  /** By name, in the order of the output. */
  static Map<String, Pool> parse(String text) {
    PoolStatus status = new PoolStatus();
    text.lines().forEach(status::line);
    status.endPool();
    return status.pools;
  }

  private void line(String line) {
    String stripped = line.strip();
    if (line.startsWith("  pool: ")) {
      endPool();
      name = stripped.substring("pool: ".length());
    } else if (stripped.equals("config:")) {
      inConfig = true;
    } else if (stripped.startsWith("errors:")) {
      inConfig = false;
    } else if (inConfig && line.startsWith("\t") && !stripped.startsWith("NAME ")) {
      configLine(line.substring(1), stripped.split(" ", 2)[0]);
    }
  }

  private void configLine(String line, String word) {
    int depth = 0;
    while (depth < line.length() && line.charAt(depth) == ' ') {
      depth++;
    }
    if (depth == 0) {
      inData = word.equals(name);
    } else if (depth == 2 && inData && !word.startsWith("indirect-")) {
      kinds.add(kind(word));
    }
    if (word.startsWith("/")) {
      devices.add(word);
    }
  }

  // mirror-0, raidz1-0, draid2:4d:8c:0s-0; all else (a disk, replacing-0, spare-0) is one copy.
  private static String kind(String device) {
    boolean copies =
        device.startsWith("mirror-") || device.startsWith("raidz") || device.startsWith("draid");
    if (!copies) {
      return "stripe";
    }
    int end = device.indexOf(':');
    return device.substring(0, end < 0 ? device.lastIndexOf('-') : end);
  }

  private void endPool() {
    if (!name.isEmpty()) {
      pools.put(name, new Pool(worst(), List.copyOf(devices)));
    }
    name = "";
    inConfig = false;
    inData = false;
    kinds = new ArrayList<>();
    devices = new LinkedHashSet<>();
  }

  private Optional<String> worst() {
    return kinds.contains("stripe") ? Optional.of("stripe") : kinds.stream().sorted().findFirst();
  }
}
