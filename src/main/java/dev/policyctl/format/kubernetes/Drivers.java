package dev.policyctl.format.kubernetes;

import dev.policyctl.yaml.StrictMapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of storage drivers, {@code drivers.yaml}. */
final class Drivers {
  private static final String ANYTHING = "*";

  private final Map<String, Driver> byName = new HashMap<>();
  private final List<Driver> byPattern;
  private final Set<String> nodeLabels;

  private Drivers(List<Driver> drivers, List<String> nodeLabels) {
    drivers.forEach(driver -> byName.put(driver.name(), driver));
    this.byPattern = drivers.stream().filter(driver -> driver.name().contains(ANYTHING)).toList();
    this.nodeLabels = Set.copyOf(nodeLabels);
  }

  private static final class Table {
    static final Drivers BUNDLED = BundledData.read("drivers.yaml", Drivers::read);
  }

  /** The program's own table; read once, when it is first asked for. */
  static Drivers bundled() {
    return Table.BUNDLED;
  }

  private static Drivers read(StrictMapping root) {
    return new Drivers(
        root.mappings("drivers").stream().map(Driver::read).toList(),
        root.strings("nodeLabels").orElse(List.of()));
  }

  Driver find(String name) {
    Driver exact = byName.get(name);
    if (exact != null) {
      return exact;
    }
    return byPattern.stream()
        .filter(driver -> matches(driver.name(), name))
        .findFirst()
        .map(driver -> driver.named(name))
        .orElseGet(() -> Driver.unknown(name));
  }

  private static boolean matches(String pattern, String name) {
    return pattern.startsWith(ANYTHING)
        ? name.endsWith(pattern.substring(ANYTHING.length()))
        : name.startsWith(pattern.substring(0, pattern.length() - ANYTHING.length()));
  }

  /** Whether the label's value names one node. */
  boolean isNodeLabel(String label) {
    return nodeLabels.contains(label);
  }
}
