package dev.policyctl.format.libvirt;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Placement.Device;
import dev.policyctl.model.Placement.DeviceKind;
import java.util.Optional;

/** Places that a source names by itself, without a pool. */
final class SourcePlacement {
  private static final String ZVOLS = "/dev/zvol/";
  private static final String MAPPER = "/dev/mapper/";

  private SourcePlacement() {}

  static Placement file(String path, Fact<String> imageFormat) {
    return at("", "file", path, imageFormat, filesystemOfHost(path), Optional.empty());
  }

  static Placement block(String path, Fact<String> imageFormat) {
    Optional<Device> device = device(path);
    return at("", "block", path, imageFormat, filesystemOf(path, device), device);
  }

  /** Storage that no file system of this host lies under. */
  static Placement remote(String type, String access, Fact<String> imageFormat) {
    Fact<String> filesystem = Fact.known("", "`" + type + "` has no file system of this host");
    return at(type, access, "", imageFormat, filesystem, Optional.empty());
  }

  /** A drive without a medium. */
  static Placement empty() {
    Fact<String> filesystem = Fact.known("", "the drive is empty");
    return at("", "file", "", Fact.known(""), filesystem, Optional.empty());
  }

  static Placement unknown(String storageId, Missing missing) {
    return new Placement(
        storageId,
        Fact.unknown(missing),
        Fact.unknown(missing),
        Fact.unknown(missing),
        Fact.unknown(missing),
        Fact.unknown(missing),
        Fact.unknown(missing),
        Optional.empty());
  }

  static Fact<String> filesystemOfHost(String of) {
    return Fact.unknown(
        new Missing(
            "storage.filesystem",
            of,
            "run `policyctl probe` on the host and pass its output with `--facts`"));
  }

  private static Fact<String> filesystemOf(String path, Optional<Device> device) {
    if (device.filter(found -> found.kind() == DeviceKind.ZVOL).isPresent()) {
      return Fact.known("zfs", "`" + path + "` is a ZFS volume");
    }
    if (path.startsWith("/dev/loop")) {
      return Fact.unknown(
          new Missing(
              "storage.filesystem",
              path,
              "give the guest the file behind the loop device instead"));
    }
    return Fact.known("", "`" + path + "` is a block device");
  }

  private static Placement at(
      String type,
      String access,
      String path,
      Fact<String> imageFormat,
      Fact<String> filesystem,
      Optional<Device> device) {
    return new Placement(
        "",
        Fact.known(type),
        Fact.known(access),
        Fact.known(path),
        imageFormat,
        Fact.known(false),
        filesystem,
        device);
  }

  /** By the names that udev gives: {@code /dev/zvol/POOL/VOL}, {@code /dev/VG/LV}. */
  private static Optional<Device> device(String path) {
    if (path.startsWith(ZVOLS)) {
      return Optional.of(new Device(DeviceKind.ZVOL, path.substring(ZVOLS.length())));
    }
    if (path.startsWith(MAPPER)) {
      return volumeGroupOfMapperName(path.substring(MAPPER.length()))
          .map(group -> new Device(DeviceKind.VOLUME_GROUP, group));
    }
    String[] parts = path.split("/", -1);
    boolean logical = parts.length == 4 && path.startsWith("/dev/") && !parts[2].equals("disk");
    return logical ? Optional.of(new Device(DeviceKind.VOLUME_GROUP, parts[2])) : Optional.empty();
  }

  /** Device mapper joins group and volume by a hyphen and doubles those inside the names. */
  private static Optional<String> volumeGroupOfMapperName(String name) {
    for (int i = name.indexOf('-'); i >= 0; i = name.indexOf('-', i + 1)) {
      if (i + 1 < name.length() && name.charAt(i + 1) == '-') {
        i++;
      } else {
        return Optional.of(name.substring(0, i).replace("--", "-"));
      }
    }
    return Optional.empty();
  }
}
