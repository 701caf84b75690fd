package dev.policyctl.format.libvirt;

import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.model.Role;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns one element below {@code <devices>} or {@code <os>} into a declared volume. */
final class VolumeReader {
  private static final List<String> IO_WORDS = List.of("native", "threads", "io_uring");
  private static final List<String> DEVICES = List.of("disk", "cdrom", "floppy", "lun");

  private final SourceText source;
  private final Hypervisor hypervisor;
  private final String section;
  private final Positions.Builder positions;
  private final List<Problem> problems;

  VolumeReader(
      SourceText source,
      Hypervisor hypervisor,
      String section,
      Positions.Builder positions,
      List<Problem> problems) {
    this.source = source;
    this.hypervisor = hypervisor;
    this.section = section;
    this.positions = positions;
    this.problems = problems;
  }

  DeclaredVolume disk(XmlElement disk) {
    String key = disk.attributeOf("target", "dev");
    String device = orElse(disk.attribute("device"), "disk");
    XmlElement driver = disk.child("driver").orElse(disk);
    boolean hasDriver = driver != disk;
    String cache = hasDriver ? driver.attribute("cache") : "";
    String aio = hasDriver ? driver.attribute("io") : "";
    // virDomainDiskDefParseXML makes every CD-ROM read-only.
    boolean readOnly = disk.child("readonly").isPresent() || device.equals("cdrom");
    boolean shared = disk.child("shareable").isPresent() && !readOnly;
    Map<String, String> options = source(disk, orElse(disk.attribute("type"), "file"));
    options.put(OptionName.ELEMENT, "disk");
    options.put(OptionName.DEVICE, device);
    if (hasDriver) {
      put(options, OptionName.DRIVER, driver.attribute("name"));
      put(options, OptionName.FORMAT, driver.attribute("type"));
      checkDriver(key, driver);
    }
    checkDevice(key, device, disk, options);
    placeDisk(disk, key, shared, Optional.of(driver).filter(found -> hasDriver));
    return new DeclaredVolume(
        key,
        device.equals("cdrom") ? Role.CDROM : Role.DISK,
        section,
        hasSource(disk, options),
        readOnly,
        shared,
        disk.child("transient").isPresent(),
        Optional.empty(),
        cache,
        aio,
        options);
  }

  DeclaredVolume filesystem(XmlElement filesystem) {
    String key = filesystem.attributeOf("target", "dir");
    Map<String, String> options = source(filesystem, orElse(filesystem.attribute("type"), "mount"));
    options.put(OptionName.ELEMENT, "filesystem");
    put(options, OptionName.DRIVER, filesystem.attributeOf("driver", "type"));
    put(options, OptionName.FORMAT, filesystem.attributeOf("driver", "format"));
    put(options, OptionName.BINARY, filesystem.attributeOf("binary", "path"));
    put(options, OptionName.SOCKET, filesystem.attributeOf("source", "socket"));
    positions.volume(section, key, filesystem.tag().span());
    for (String child : List.of("driver", "binary")) {
      place(key, Field.VOLUME_IO_DIRECT, filesystem.child(child));
    }
    place(key, Field.VOLUME_READ_ONLY, filesystem.child("readonly"));
    place(key, Field.STORAGE_PATH, filesystem.child("source"));
    return volume(key, filesystemRole(key), filesystem.child("readonly").isPresent(), options);
  }

  /** The firmware's variables; {@code path} is that of its element or of its source. */
  DeclaredVolume nvram(XmlElement nvram, String path) {
    Map<String, String> options = new HashMap<>();
    options.put(OptionName.ELEMENT, "nvram");
    options.put(OptionName.TYPE, orElse(nvram.attribute("type"), "file"));
    options.put(OptionName.SOURCE, path);
    put(options, OptionName.FORMAT, nvram.attribute("format"));
    positions.volume(section, "nvram", nvram.tag().span());
    return volume("nvram", Role.EFI, false, options);
  }

  private Role filesystemRole(String target) {
    if (hypervisor != Hypervisor.LXC) {
      return Role.FILESYSTEM;
    }
    return target.equals("/") ? Role.ROOTFS : Role.MOUNT;
  }

  private DeclaredVolume volume(
      String key, Role role, boolean readOnly, Map<String, String> options) {
    return new DeclaredVolume(
        key, role, section, true, readOnly, false, false, Optional.empty(), "", "", options);
  }

  private static Map<String, String> source(XmlElement element, String type) {
    Map<String, String> options = new HashMap<>();
    options.put(OptionName.TYPE, type);
    XmlElement source = element.child("source").orElse(null);
    if (source == null) {
      return options;
    }
    for (String attribute : List.of("file", "dev", "dir", "name", "path")) {
      if (!options.containsKey(OptionName.SOURCE)) {
        put(options, OptionName.SOURCE, source.attribute(attribute));
      }
    }
    put(options, OptionName.POOL, source.attribute("pool"));
    put(options, OptionName.VOLUME, source.attribute("volume"));
    put(options, OptionName.MODE, source.attribute("mode"));
    put(options, OptionName.PROTOCOL, source.attribute("protocol"));
    return options;
  }

  private void placeDisk(XmlElement disk, String key, boolean shared, Optional<XmlElement> driver) {
    positions.volume(section, key, disk.tag().span());
    place(key, Field.VOLUME_READ_ONLY, disk.child("readonly"));
    place(key, Field.VOLUME_TRANSIENT, disk.child("transient"));
    place(key, Field.STORAGE_PATH, disk.child("source"));
    Optional<XmlElement> shareable = disk.child("shareable").filter(found -> shared);
    place(key, Field.VOLUME_SHARED, shareable);
    place(key, Field.VOLUME_IO_DIRECT, shareable);
    driver.ifPresent(found -> placeDriver(key, found));
  }

  private void placeDriver(String key, XmlElement driver) {
    Optional<Span> cache = driver.attributeSpan("cache");
    Optional<Span> format = driver.attributeSpan("type");
    place(key, Field.VOLUME_FORMAT, format.stream().toList());
    place(key, Field.VOLUME_CACHE, cache.stream().toList());
    if (hypervisor == Hypervisor.LXC) {
      place(
          key,
          Field.VOLUME_IO_DIRECT,
          driver.attributeSpan("name").or(() -> format).stream().toList());
    } else if (!driver.attribute("cache").equals("default")) {
      place(key, Field.VOLUME_IO_DIRECT, cache.stream().toList());
    }
    List<Span> io = driver.attributeSpan("io").stream().toList();
    place(key, Field.VOLUME_AIO, io);
    place(key, Field.VOLUME_AIO_ACCEPTED, io);
  }

  private void place(String key, Field<?> field, Optional<XmlElement> element) {
    element.ifPresent(found -> positions.field(section, key, field, found.tag().span()));
  }

  private void place(String key, Field<?> field, List<Span> spans) {
    spans.forEach(span -> positions.field(section, key, field, span));
  }

  private void checkDriver(String key, XmlElement driver) {
    Refusal refusal = new Refusal(source, key, problems);
    refusal.unlessOneOf(driver, "cache", CacheMode.words());
    refusal.unlessOneOf(driver, "io", IO_WORDS);
    if (hypervisor == Hypervisor.QEMU) {
      refusal.unlessOneOf(driver, "name", List.of("qemu"));
    }
  }

  private void checkDevice(
      String key, String device, XmlElement disk, Map<String, String> options) {
    Refusal refusal = new Refusal(source, key, problems);
    refusal.unlessOneOf(disk, "device", DEVICES);
    boolean needsSource = hypervisor == Hypervisor.QEMU && !isRemovable(device);
    if (needsSource && !hasSource(disk, options)) {
      refusal.of(disk.tag().span(), "has no `<source>`", "");
    }
  }

  /** An empty path is an empty drive (virStorageSourceIsEmpty). */
  private static boolean hasSource(XmlElement disk, Map<String, String> options) {
    return switch (options.getOrDefault(OptionName.TYPE, "")) {
      case "file", "block", "dir" -> options.containsKey(OptionName.SOURCE);
      default -> disk.child("source").isPresent();
    };
  }

  private static boolean isRemovable(String device) {
    return device.equals("cdrom") || device.equals("floppy");
  }

  private static void put(Map<String, String> options, String name, String value) {
    if (!value.isEmpty()) {
      options.put(name, value);
    }
  }

  private static String orElse(String value, String whenEmpty) {
    return value.isEmpty() ? whenEmpty : value;
  }
}
