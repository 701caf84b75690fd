package dev.policyctl.format.proxmox;

import dev.policyctl.format.proxmox.ConfigReader.Dialect;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the lines that name storage, and tells what Proxmox makes of one with a fault: a virtual
 * machine loses the line, a container keeps it with a warning ({@code parse_vm_config} of
 * qemu-server 9.2, {@code parse_pct_config} of pve-container 6.1).
 */
final class StorageLines {
  private final SourceText source;
  private final Dialect dialect;
  private final ProblemLog problems;
  private final List<Span> values = new ArrayList<>();

  StorageLines(SourceText source, Dialect dialect, ProblemLog problems) {
    this.source = source;
    this.dialect = dialect;
    this.problems = problems;
  }

  /** Whether a key of this prefix stands for a volume of the model. */
  static boolean isVolume(String keyOrPrefix) {
    return !keyOrPrefix.startsWith("vmstate") && !keyOrPrefix.startsWith("dev");
  }

  void read(SectionDraft section, String key, PropertySchema schema, Span value) {
    if (!source.undecodable().isEmpty()) {
      values.add(value);
    }
    boolean earlier = section.volumes().containsKey(key);
    PropertyString properties = PropertyString.parse(source, value, schema);
    if (!isVolume(key)) {
      report(properties, false, ": Proxmox does not use `" + key + "` so");
    } else if (properties.faults().isEmpty()) {
      accept(section, key, properties, earlier);
    } else if (dialect == Dialect.QEMU) {
      report(properties, true, ": Proxmox drops the line, " + consequence(key, earlier));
    } else {
      keepWithFaults(section, key, schema, properties);
    }
  }

  private void accept(
      SectionDraft section, String key, PropertyString properties, boolean earlier) {
    Optional<PropertyString.Fault> conflict =
        dialect == Dialect.QEMU && isDrive(key)
            ? DriveConflicts.find(key, properties)
            : Optional.empty();
    if (conflict.isPresent()) {
      section.volumes().remove(key);
      report(conflict.get(), true, ": Proxmox drops the drive, " + consequence(key, false));
      return;
    }
    if (earlier) {
      problems.warning(
          properties.span(), "`" + key + "` stands twice: the last one counts", "remove one");
    }
    section.volume(key, properties);
  }

  private void keepWithFaults(
      SectionDraft section, String key, PropertySchema schema, PropertyString properties) {
    boolean lost = properties.option(schema.defaultKey()).isEmpty();
    report(properties, lost, ": Proxmox warns and stores `" + key + "` anyway");
    if (lost) {
      section.volumes().remove(key);
    } else {
      section.volume(key, properties);
    }
  }

  private void report(PropertyString properties, boolean valueIsLost, String consequence) {
    properties.faults().forEach(fault -> report(fault, valueIsLost, consequence));
  }

  private void report(PropertyString.Fault fault, boolean valueIsLost, String consequence) {
    problems.report(valueIsLost, fault.at(), fault.message() + consequence, fault.help());
  }

  private static String consequence(String key, boolean earlier) {
    if (earlier) {
      return "the earlier `" + key + "` stays";
    }
    return key.startsWith("unused") ? "`" + key + "` is lost" : "`" + key + "` is not attached";
  }

  private static boolean isDrive(String key) {
    return !key.startsWith("virtiofs") && !key.startsWith("unused");
  }

  /** Tells of bytes that are no text: in the name of a volume they make another name of it. */
  void reportUndecodable() {
    String encoding = source.charset().name();
    for (Span span : source.undecodable()) {
      boolean inValue = values.stream().anyMatch(value -> value.overlaps(span));
      problems.report(
          inValue,
          span,
          "a byte that is not " + encoding + (inValue ? " in the name of storage" : ""),
          "write the file in " + encoding);
    }
  }
}
