package dev.policyctl.format.kubernetes;

import dev.policyctl.model.Placement;
import dev.policyctl.model.Placement.Device;
import dev.policyctl.model.Placement.DeviceKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A placement as options: what {@link KubernetesLocator} needs no catalog for. */
final class PlacementOptions {
  private static final String ID = "storage.id";
  private static final String TYPE = "storage.type";
  private static final String ACCESS = "storage.access";
  private static final String PATH = "storage.path";
  private static final String FILESYSTEM = "storage.filesystem";
  private static final String NOCOW = "storage.nocowOption";
  private static final String FORMAT = "format";
  private static final String DEVICE_KIND = "device.kind";
  private static final String DEVICE_NAME = "device.name";

  private PlacementOptions() {}

  static void put(Map<String, String> options, Placement placement) {
    options.put(ID, placement.storageId());
    FactOptions.put(options, TYPE, placement.type());
    FactOptions.put(options, ACCESS, placement.access());
    FactOptions.put(options, PATH, placement.path());
    FactOptions.put(options, FORMAT, placement.imageFormat());
    FactOptions.put(options, NOCOW, placement.nocowOption());
    FactOptions.put(options, FILESYSTEM, placement.filesystem());
    placement
        .device()
        .ifPresent(
            device -> {
              options.put(DEVICE_KIND, device.kind().name());
              options.put(DEVICE_NAME, device.name());
            });
  }

  /** The options that hold whether files are made without copy-on-write. */
  static Set<String> nocowOptions() {
    return FactOptions.names(NOCOW);
  }

  static Placement get(Map<String, String> options) {
    return new Placement(
        options.getOrDefault(ID, ""),
        FactOptions.text(options, TYPE),
        FactOptions.text(options, ACCESS),
        FactOptions.text(options, PATH),
        FactOptions.text(options, FORMAT),
        FactOptions.flag(options, NOCOW),
        FactOptions.text(options, FILESYSTEM),
        Optional.ofNullable(options.get(DEVICE_KIND))
            .map(kind -> new Device(DeviceKind.valueOf(kind), options.get(DEVICE_NAME))));
  }
}
