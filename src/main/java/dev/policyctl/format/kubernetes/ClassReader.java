package dev.policyctl.format.kubernetes;

import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.format.Positions;
import dev.policyctl.model.Field;
import dev.policyctl.model.StorageDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a StorageClass as a storage definition. */
final class ClassReader {
  static final String FORMAT = "kubernetes-storageclass";
  static final String MOUNT_OPTIONS = "mountOptions";

  private final Drivers drivers;
  private final Shape shape;

  ClassReader(Drivers drivers, Shape shape) {
    this.drivers = drivers;
    this.shape = shape;
  }

  ParsedStorage read(KubeObject object) {
    String provisioner = shape.text(object.root(), "provisioner");
    Driver driver = drivers.find(provisioner);
    Origin origin = Origin.ofClass(object, object.source(), drivers);
    Map<String, String> options = new HashMap<>();
    for (KubeNode.Field parameter : object.root().get("parameters").fields()) {
      options.put(
          "parameters." + parameter.name(),
          shape.text(object.root().get("parameters"), parameter.name()));
    }
    options.put(MOUNT_OPTIONS, String.join(",", origin.mountOptions()));
    PlacementOptions.put(options, DriverPlaces.of(origin, false));
    String allow = Annotations.allow(object);
    if (!allow.isEmpty()) {
      options.put(OptionName.ALLOW, allow);
    }
    List<String> hosts = NodeAffinity.ofClass(object, drivers);
    return new ParsedStorage(
        new StorageDefinition(FORMAT, object.name(), provisioner, hosts, options),
        positions(object, driver));
  }

  private Positions positions(KubeObject object, Driver driver) {
    Positions.Builder positions = Positions.builder();
    object.metadata().get("name").span().ifPresent(positions::subject);
    object
        .root()
        .field("provisioner")
        .flatMap(KubeNode.Field::place)
        .ifPresent(
            span ->
                positions
                    .field(Field.STORAGE_TYPE, span)
                    .field(Field.STORAGE_DIRECT_BY_DEFAULT, span));
    for (KubeNode.Field parameter : object.root().get("parameters").fields()) {
      if (driver.namesFilesystem(parameter.name())) {
        parameter.place().ifPresent(span -> positions.field(Field.STORAGE_FILESYSTEM, span));
      }
    }
    noteMountOptions(object, positions);
    return positions.build();
  }

  private void noteMountOptions(KubeObject object, Positions.Builder positions) {
    for (KubeNode item : shape.list(object.root(), "mountOptions")) {
      if (Origin.split(item.text()).contains(DriverPlaces.NODATACOW)) {
        item.span().ifPresent(span -> positions.field(Field.STORAGE_NOCOW_OPTION, span));
      }
    }
    ClassEdits.note(object, positions);
  }
}
