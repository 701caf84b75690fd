package dev.policyctl.format.kubernetes;

import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.model.Role;
import dev.policyctl.source.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the disks of one KubeVirt machine. */
final class DiskReader {
  private final Shape shape;
  private final Positions.Builder positions;
  private final Preference preference;

  DiskReader(Shape shape, Positions.Builder positions, Preference preference) {
    this.shape = shape;
    this.positions = positions;
    this.preference = preference;
  }

  /**
   * @param disk of {@code domain.devices.disks}; absent for a volume without one, which KubeVirt
   *     gives a disk without any setting (SetDefaultVolumeDisk)
   * @param name of the volume, and of the disk
   * @param namedAt the mapping whose {@code name} is the place of the whole volume
   */
  DeclaredVolume read(
      KubeNode disk, String name, KubeNode namedAt, DiskSource source, String section) {
    Role role = role(disk, source);
    KubeNode device = disk.get(role == Role.CDROM ? "cdrom" : deviceKey(disk));
    boolean shared = shape.flag(disk, "shareable");
    String cache = shape.text(disk, "cache");
    String io = shape.text(disk, "io");
    note(disk, name, namedAt, section);
    return new DeclaredVolume(
        name,
        role,
        section,
        true,
        source.readOnly() || shape.flag(device, "readonly"),
        shared,
        source.transientWrites(),
        Optional.empty(),
        cache,
        io,
        options(source, prefers(disk)));
  }

  private static String deviceKey(KubeNode disk) {
    return disk.get("lun").isPresent() ? "lun" : "disk";
  }

  private static Role role(KubeNode disk, DiskSource source) {
    return disk.get("cdrom").isPresent() ? Role.CDROM : source.role().orElse(Role.DISK);
  }

  /** Neither a LUN nor a CD-ROM takes a preference. */
  private static boolean prefers(KubeNode disk) {
    return !disk.get("lun").isPresent() && !disk.get("cdrom").isPresent();
  }

  private Map<String, String> options(DiskSource source, boolean prefers) {
    Map<String, String> options = new HashMap<>();
    options.put(OptionName.SOURCE, source.name());
    if (source.backed()) {
      options.put(OptionName.BACKED, "true");
    }
    PlacementOptions.put(options, source.placement());
    if (prefers) {
      FactOptions.put(options, OptionName.PREFERRED_CACHE, preference.diskCache());
      FactOptions.put(options, OptionName.PREFERRED_IO, preference.diskIo());
    }
    return options;
  }

  private void note(KubeNode disk, String name, KubeNode namedAt, String section) {
    namedAt.get("name").span().ifPresent(span -> positions.volume(section, name, span));
    Optional<Span> cache = disk.field("cache").flatMap(KubeNode.Field::place);
    Optional<Span> io = disk.field("io").flatMap(KubeNode.Field::place);
    cache.ifPresent(
        span ->
            positions
                .field(section, name, Field.VOLUME_CACHE, span)
                .field(section, name, Field.VOLUME_IO_DIRECT, span));
    io.ifPresent(
        span ->
            positions
                .field(section, name, Field.VOLUME_AIO, span)
                .field(section, name, Field.VOLUME_AIO_ACCEPTED, span));
    if (section.equals(DeclaredVolume.CURRENT)) {
      DiskEdits.note(disk, name, positions);
    }
  }
}
