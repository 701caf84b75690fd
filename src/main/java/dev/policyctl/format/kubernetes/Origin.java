package dev.policyctl.format.kubernetes;

import dev.policyctl.source.SourceText;
import dev.policyctl.yaml.YamlNode;
import dev.policyctl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What makes a volume: a StorageClass, or the driver of a PersistentVolume together with its class.
 *
 * @param storageId the class's name, else the PersistentVolume's or that of a pod's volume
 * @param className empty where there is no class
 * @param named the object that decides, for reasons
 * @param parameters of the class and, over them, the attributes of the PersistentVolume
 * @param mountOptions one option each
 * @param filesystem that the PersistentVolume was made with; empty where it does not say
 * @param handle the driver's name of a PersistentVolume; empty for a class
 */
record Origin(
    String storageId,
    String className,
    String named,
    Driver driver,
    Map<String, String> parameters,
    List<String> mountOptions,
    String filesystem,
    String handle) {

  /** Annotation that held the mount options before the field did. */
  private static final String LEGACY_OPTIONS = "volume.beta.kubernetes.io/mount-options";

  /**
   * @param readIn the file whose finding will name the class
   */
  static Origin ofClass(KubeObject storageClass, SourceText readIn, Drivers drivers) {
    Driver driver = drivers.find(storageClass.root().get("provisioner").text());
    Map<String, String> parameters = parameters(storageClass, driver);
    List<String> options = mountOptions(storageClass.root());
    options.addAll(split(driver.first(driver.mountOptions(), parameters)));
    return new Origin(
        storageClass.name(),
        storageClass.name(),
        storageClass.named(readIn),
        driver,
        parameters,
        options,
        "",
        "");
  }

  /**
   * @param className of the volume and of the claim that it is bound to; empty where there is none
   * @return empty for a source that has no driver: {@code local}, {@code hostPath}, or none at all
   */
  static Optional<Origin> ofVolume(
      KubeObject volume,
      String className,
      Optional<KubeObject> storageClass,
      SourceText readIn,
      Drivers drivers) {
    KubeNode csi = volume.spec().get("csi");
    Optional<KubeNode.Field> source =
        csi.isPresent() ? Optional.empty() : knownSource(volume.spec(), drivers);
    if (!csi.isPresent() && source.isEmpty()) {
      return Optional.empty();
    }
    Driver driver =
        drivers.find(source.map(KubeNode.Field::name).orElseGet(() -> csi.get("driver").text()));
    Map<String, String> parameters = new LinkedHashMap<>();
    if (csi.isPresent()) {
      storageClass.ifPresent(it -> parameters.putAll(parameters(it, driver)));
      putAll(parameters, csi.get("volumeAttributes"));
    }
    source.ifPresent(it -> putAll(parameters, it.value()));
    List<String> options = mountOptionsOf(volume);
    options.addAll(split(driver.first(driver.mountOptions(), parameters)));
    return Optional.of(
        new Origin(
            className.isEmpty() ? volume.name() : className,
            className,
            volume.named(readIn),
            driver,
            parameters,
            options,
            csi.get("fsType").text(),
            csi.get("volumeHandle").text()));
  }

  private static Optional<KubeNode.Field> knownSource(KubeNode spec, Drivers drivers) {
    return spec.fields().stream()
        .filter(it -> drivers.find(it.name()).volumes() != Driver.Volumes.UNKNOWN)
        .findFirst();
  }

  private static Map<String, String> parameters(KubeObject storageClass, Driver driver) {
    Map<String, String> parameters = new LinkedHashMap<>();
    putAll(parameters, storageClass.root().get("parameters"));
    if (!driver.config().isEmpty()) {
      putConfig(parameters, storageClass.annotation(driver.config()));
    }
    return parameters;
  }

  private static void putAll(Map<String, String> parameters, KubeNode mapping) {
    mapping.fields().forEach(field -> parameters.put(field.name(), field.value().text()));
  }

  /** A YAML list of {@code name} and {@code value} inside an annotation. */
  private static void putConfig(Map<String, String> parameters, String text) {
    for (YamlNode document : YamlReader.read(SourceText.of("", text)).documents()) {
      for (KubeNode item : new YamlKubeNode(document).items()) {
        parameters.put(item.get("name").text(), item.get("value").text());
      }
    }
  }

  /** An entry may hold several. */
  private static List<String> mountOptions(KubeNode parent) {
    List<String> options = new ArrayList<>();
    parent.get("mountOptions").items().forEach(item -> options.addAll(split(item.text())));
    return options;
  }

  static List<String> mountOptionsOf(KubeObject volume) {
    List<String> options = mountOptions(volume.spec());
    options.addAll(split(volume.annotation(LEGACY_OPTIONS)));
    return options;
  }

  static List<String> split(String options) {
    List<String> split = new ArrayList<>();
    for (String option : options.split(",", -1)) {
      if (!option.isBlank()) {
        split.add(option.strip());
      }
    }
    return split;
  }

  /** The file system that is asked for; empty when that is left to the driver. */
  String wantedFilesystem() {
    return filesystem.isEmpty() ? driver.filesystemIn(parameters) : filesystem;
  }
}
