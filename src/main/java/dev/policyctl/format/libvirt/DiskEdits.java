package dev.policyctl.format.libvirt;

import dev.policyctl.model.Change;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.source.Edit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a change of a disk is written into a domain: as attributes of its {@code <driver>}. An
 * attribute that shall be empty is taken away.
 */
final class DiskEdits {
  private static final List<String> IO_WORDS = List.of("", "native", "threads", "io_uring");

  private final XmlElement disk;
  private final String writtenCache;
  private final String writtenIo;
  private final Map<String, String> wanted = new LinkedHashMap<>();

  private DiskEdits(XmlElement disk) {
    this.disk = disk;
    this.writtenCache = disk.attributeOf("driver", "cache");
    this.writtenIo = disk.attributeOf("driver", "io");
  }

  /** Empty when libvirt has no words for the change, or nothing is to be changed. */
  static List<Edit> of(String text, XmlElement domain, Change change) {
    return find(domain, change)
        .map(DiskEdits::new)
        .filter(edits -> edits.takes(change.values()))
        .map(edits -> edits.write(new ElementEditor(text)))
        .orElse(List.of());
  }

  private static Optional<XmlElement> find(XmlElement domain, Change change) {
    boolean ours =
        change.section().equals(DeclaredVolume.CURRENT)
            && Hypervisor.of(domain.attribute("type")) == Hypervisor.QEMU
            && (change.guest().equals(domain.textOf("uuid"))
                || change.guest().equals(domain.textOf("name")));
    return domain
        .child("devices")
        .filter(devices -> ours)
        .flatMap(
            devices ->
                devices.children().stream()
                    .filter(device -> device.is("disk"))
                    .filter(device -> device.attributeOf("target", "dev").equals(change.key()))
                    .findFirst());
  }

  private boolean takes(Map<String, Object> values) {
    for (Map.Entry<String, Object> value : values.entrySet()) {
      boolean taken =
          switch (value.getKey()) {
            case "volume.io.direct" -> value.getValue().equals(false) && takeBuffered();
            case "volume.cache" -> take("cache", value.getValue(), CacheMode.words());
            case "volume.aio" -> take("io", value.getValue(), IO_WORDS);
            default -> false;
          };
      if (!taken) {
        return false;
      }
    }
    return isAccepted(disk.attribute("type"));
  }

  private boolean takeBuffered() {
    Optional<CacheMode> mode =
        writtenCache.isEmpty() ? Optional.of(CacheMode.DEFAULT) : CacheMode.of(writtenCache);
    mode.ifPresent(known -> wanted.put("cache", known.buffered().word()));
    return mode.isPresent();
  }

  private boolean take(String attribute, Object value, List<String> words) {
    wanted.put(attribute, String.valueOf(value));
    return words.contains(value);
  }

  /**
   * Whether libvirt takes the disk with what is wanted; native goes along with a direct mode only,
   * and is dropped with it: QEMU then uses its threads.
   */
  private boolean isAccepted(String sourceType) {
    String cache = wanted.getOrDefault("cache", writtenCache);
    boolean direct = CacheMode.of(cache).map(CacheMode::isDirect).orElse(false);
    if (!direct && writtenIo.equals("native")) {
      wanted.putIfAbsent("io", "");
    }
    boolean nativeAlone = !direct && wanted.getOrDefault("io", writtenIo).equals("native");
    return switch (sourceType) {
      // virDomainDiskVhostUserValidate refuses cache and io.
      case "vhostuser" -> false;
      // qemuValidateDomainDeviceDefDisk asks for a written direct mode.
      case "vhostvdpa" -> direct;
      default -> !nativeAlone;
    };
  }

  private List<Edit> write(ElementEditor editor) {
    wanted.entrySet().removeIf(entry -> entry.getValue().equals(written(entry.getKey())));
    if (wanted.isEmpty()) {
      return List.of();
    }
    return disk.child("driver")
        .map(driver -> editor.setAttributes(driver, wanted))
        .orElseGet(() -> List.of(editor.insertFirstChild(disk, "driver", wanted)));
  }

  private String written(String attribute) {
    return attribute.equals("cache") ? writtenCache : writtenIo;
  }
}
