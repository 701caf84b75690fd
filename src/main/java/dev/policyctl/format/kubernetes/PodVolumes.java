package dev.policyctl.format.kubernetes;

import dev.policyctl.model.Placement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the volumes of one workload are made from. */
final class PodVolumes {
  /** Kernel interfaces, which hold no data. */
  private static final List<String> PSEUDO = List.of("/proc", "/sys", "/dev");

  private static final Set<String> NO_STORAGE = Set.of("Socket", "CharDevice");

  private final KubeObject workload;
  private final ClaimJoin claims;
  private final Drivers drivers;

  PodVolumes(KubeObject workload, ClaimJoin claims, Drivers drivers) {
    this.workload = workload;
    this.claims = claims;
    this.drivers = drivers;
  }

  /**
   * @param name as the volume names it
   * @param host the node that it is tied to
   * @param stated metadata of the claim, where its owner may state how it is used
   */
  record Source(
      String name,
      Placement placement,
      Optional<String> host,
      boolean readOnly,
      boolean transientWrites,
      Optional<KubeNode> stated) {}

  /** Empty for what holds no data of the workload: ConfigMaps, Secrets, sockets, /proc. */
  Optional<Source> of(KubeNode volume) {
    for (KubeNode.Field field : volume.fields()) {
      Optional<Source> source = of(volume.get("name").text(), field.name(), field.value());
      if (source.isPresent()) {
        return source;
      }
    }
    return Optional.empty();
  }

  private Optional<Source> of(String volume, String kind, KubeNode source) {
    return switch (kind) {
      case "persistentVolumeClaim" -> Optional.of(ofClaim(source));
      case "ephemeral" -> Optional.of(ofEphemeral(volume, source.get("volumeClaimTemplate")));
      case "emptyDir" -> Optional.of(ofEmptyDir(source));
      case "hostPath" -> ofHostPath(source);
      case "csi" -> Optional.of(ofCsi(volume, source));
      default -> ofOther(volume, kind, source);
    };
  }

  private Source ofClaim(KubeNode source) {
    String name = source.get("claimName").text();
    Backing backing = claims.named(workload.namespace(), name, Optional.empty(), workload.source());
    return new Source(
        "persistentVolumeClaim",
        backing.placement(),
        backing.host(),
        source.get("readOnly").isTrue(),
        false,
        claims.metadata(workload.namespace(), name));
  }

  private Source ofEphemeral(String volume, KubeNode template) {
    String name = workload.name() + "-" + volume;
    Claim claim = Claim.ofTemplate(workload.namespace(), name, template);
    Backing backing = claims.of(claim, workload.source());
    return new Source(
        "ephemeral",
        backing.placement(),
        backing.host(),
        false,
        true,
        Optional.of(claim.metadata()));
  }

  /** A claim for each pod; the first pod's stands for all where it is among the objects. */
  Source ofClaimTemplate(KubeNode template) {
    String first = workload.spec().at("ordinals", "start").text();
    String name =
        template.at("metadata", "name").text()
            + "-"
            + workload.name()
            + "-"
            + (first.isEmpty() ? "0" : first);
    Claim claim = Claim.ofTemplate(workload.namespace(), name, template);
    Backing backing =
        claims.named(workload.namespace(), name, Optional.of(claim), workload.source());
    return new Source(
        "volumeClaimTemplate",
        backing.placement(),
        backing.host().filter(host -> isSingle()),
        claim.isReadOnly(),
        false,
        Optional.of(claim.metadata()));
  }

  private boolean isSingle() {
    String replicas = workload.spec().get("replicas").text();
    return replicas.isEmpty() || replicas.equals("1");
  }

  private static Source ofEmptyDir(KubeNode source) {
    boolean memory = source.get("medium").text().equals("Memory");
    return plain(
        "emptyDir",
        memory ? NodePlaces.ofMemory() : NodePlaces.ofEmptyDir(DriverPlaces.DIRECTORY),
        true);
  }

  private static Optional<Source> ofHostPath(KubeNode source) {
    String path = source.get("path").text();
    boolean device = source.get("type").text().equals("BlockDevice");
    boolean pseudo = PSEUDO.stream().anyMatch(it -> path.equals(it) || path.startsWith(it + "/"));
    boolean passed = NO_STORAGE.contains(source.get("type").text());
    return passed || (pseudo && !device)
        ? Optional.empty()
        : Optional.of(plain("hostPath", NodePlaces.ofHostPath(source), false));
  }

  private static Source plain(String name, Placement placement, boolean transientWrites) {
    return new Source(name, placement, Optional.empty(), false, transientWrites, Optional.empty());
  }

  /** A volume of a driver that lives as long as its pod. */
  private Source ofCsi(String volume, KubeNode source) {
    Driver driver = drivers.find(source.get("driver").text());
    Source made = inline(volume, driver, source.get("volumeAttributes"), source, true);
    return new Source(
        "csi",
        made.placement(),
        Optional.empty(),
        source.get("readOnly").isTrue(),
        true,
        Optional.empty());
  }

  /** A network share or a disk that the pod names itself. */
  private Optional<Source> ofOther(String volume, String kind, KubeNode source) {
    Driver driver = drivers.find(kind);
    return driver.volumes() == Driver.Volumes.UNKNOWN
        ? Optional.empty()
        : Optional.of(inline(volume, driver, source, source, false));
  }

  private static Source inline(
      String volume, Driver driver, KubeNode parameters, KubeNode source, boolean transientWrites) {
    Map<String, String> attributes = new TreeMap<>();
    parameters.fields().forEach(it -> attributes.put(it.name(), it.value().text()));
    Origin origin =
        new Origin(
            volume,
            "",
            "volume `" + volume + "`",
            driver,
            attributes,
            List.of(),
            source.get("fsType").text(),
            "");
    return new Source(
        driver.name(),
        DriverPlaces.of(origin, false),
        Optional.empty(),
        source.get("readOnly").isTrue(),
        transientWrites,
        Optional.empty());
  }
}
