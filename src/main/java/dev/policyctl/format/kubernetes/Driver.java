package dev.policyctl.format.kubernetes;

import dev.policyctl.yaml.StrictMapping;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How one storage driver makes volumes. The lists are names of its parameters, in order of
 * preference.
 *
 * @param name the provisioner; with {@code *} at its beginning or end for anything there
 * @param shareType file system of a {@link Volumes#SHARE}; empty otherwise
 * @param config annotation of the class that holds further parameters; empty when there is none
 */
record Driver(
    String name,
    Volumes volumes,
    String shareType,
    List<String> filesystem,
    List<String> path,
    List<String> volumeGroup,
    List<String> pool,
    List<String> mountOptions,
    List<String> protocol,
    String config,
    boolean ignoreCase) {

  /** Every CSI driver takes it (kubernetes-csi/external-provisioner README.md). */
  private static final String STANDARD_FILESYSTEM = "csi.storage.k8s.io/fstype";

  /** What a volume of mode Filesystem is made of. */
  enum Volumes {
    /** A block device of its own, formatted. */
    DEVICE,
    /** A directory of the node's file system. */
    DIRECTORY,
    /** A network file system. */
    SHARE,
    /** The driver is not in the table. */
    UNKNOWN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Driver read(StrictMapping line) {
    String volumes = line.oneOf("volumes", words()).orElse("unknown");
    Driver driver =
        new Driver(
            line.requiredString("name"),
            Volumes.valueOf(volumes.toUpperCase(Locale.ROOT)),
            line.string("type").orElse(""),
            line.strings("filesystem").orElse(List.of()),
            line.strings("path").orElse(List.of()),
            line.strings("volumeGroup").orElse(List.of()),
            line.strings("pool").orElse(List.of()),
            line.strings("mountOptions").orElse(List.of()),
            line.strings("protocol").orElse(List.of()),
            line.string("config").orElse(""),
            line.bool("ignoreCase").orElse(false));
    line.finish();
    return driver;
  }

  private static List<String> words() {
    return List.of(Volumes.DEVICE.word(), Volumes.DIRECTORY.word(), Volumes.SHARE.word());
  }

  static Driver unknown(String name) {
    List<String> none = List.of();
    return new Driver(name, Volumes.UNKNOWN, "", none, none, none, none, none, none, "", false);
  }

  /** The same driver under the very name that a definition gives it. */
  Driver named(String ownName) {
    return new Driver(
        ownName,
        volumes,
        shareType,
        filesystem,
        path,
        volumeGroup,
        pool,
        mountOptions,
        protocol,
        config,
        ignoreCase);
  }

  /** The file system that the parameters ask for; empty when they leave it to the driver. */
  String filesystemIn(Map<String, String> parameters) {
    String own = first(filesystem, parameters);
    String asked = own.isEmpty() ? first(List.of(STANDARD_FILESYSTEM), parameters) : own;
    return asked.toLowerCase(Locale.ROOT);
  }

  /** The network file system that its volumes are; empty when they are none. */
  String shareIn(Map<String, String> parameters) {
    return switch (first(protocol, parameters).toLowerCase(Locale.ROOT)) {
      case "nfs" -> "nfs";
      case "smb" -> "cifs";
      default -> shareType;
    };
  }

  /** The value of the first of these parameters that is given; empty when none is. */
  String first(List<String> keys, Map<String, String> parameters) {
    for (String key : keys) {
      String exact = parameters.get(key);
      if (exact != null) {
        return exact;
      }
      if (ignoreCase) {
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
          if (parameter.getKey().equalsIgnoreCase(key)) {
            return parameter.getValue();
          }
        }
      }
    }
    return "";
  }

  /** Whether the parameter is one that names the file system. */
  boolean namesFilesystem(String parameter) {
    return matches(STANDARD_FILESYSTEM, parameter)
        || filesystem.stream().anyMatch(key -> matches(key, parameter));
  }

  private boolean matches(String key, String parameter) {
    return ignoreCase ? key.equalsIgnoreCase(parameter) : key.equals(parameter);
  }
}
