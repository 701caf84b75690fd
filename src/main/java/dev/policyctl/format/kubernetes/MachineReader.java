package dev.policyctl.format.kubernetes;

import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one KubeVirt machine, or what makes machines. */
final class MachineReader {
  static final String FORMAT = "kubevirt-vm";

  /** Sidecars may change the domain before it is started (KubeVirt user guide, Hook sidecars). */
  private static final String HOOK_SIDECARS = "hooks.kubevirt.io/hookSidecars";

  private final Cluster cluster;
  private final ClaimJoin claims;
  private final Drivers drivers;
  private final Shape shape;
  private final KubeObject object;
  private final KubeNode template;
  private final KubeNode spec;
  private final Positions.Builder positions = Positions.builder();
  private final Names<Claim> dataVolumes = new Names<>();
  private final List<DeclaredVolume> volumes = new ArrayList<>();
  private final Set<String> hosts = new LinkedHashSet<>();

  MachineReader(
      Cluster cluster, ClaimJoin claims, Drivers drivers, Shape shape, KubeObject object) {
    this.cluster = cluster;
    this.claims = claims;
    this.drivers = drivers;
    this.shape = shape;
    this.object = object;
    this.template = object.objectKind().templateIn(object.root());
    this.spec = template.get("spec");
  }

  ParsedGuest read() {
    KubeNode machineSpec =
        object.objectKind() == ObjectKind.MACHINE_POOL
            ? object.spec().at("virtualMachineTemplate", "spec")
            : object.spec();
    Preference preference =
        object.objectKind() == ObjectKind.MACHINE_INSTANCE
            ? Preference.NONE
            : Preference.of(object, machineSpec, cluster);
    for (KubeNode dataVolume : shape.list(machineSpec, "dataVolumeTemplates")) {
      String name = dataVolume.at("metadata", "name").text();
      dataVolumes.put(
          "",
          name,
          Claim.ofDataVolume(object.namespace(), name, dataVolume, preference.storageClass()));
    }
    DiskReader disks = new DiskReader(shape, positions, preference);
    readDevices(disks);
    readRequests(disks);
    object.metadata().get("name").span().ifPresent(positions::subject);
    return new ParsedGuest(
        new DeclaredGuest(
            FORMAT,
            object.id(),
            object.name(),
            host(),
            bypasses(),
            volumes,
            Annotations.options(object)),
        positions.build());
  }

  private void readDevices(DiskReader disks) {
    KubeNode devices = spec.at("domain", "devices");
    Map<String, KubeNode> byName = new LinkedHashMap<>();
    shape.list(spec, "volumes").forEach(it -> byName.put(it.get("name").text(), it));
    for (KubeNode disk : shape.list(devices, "disks")) {
      String name = shape.text(disk, "name");
      KubeNode volume = byName.getOrDefault(name, JsonKubeNode.ABSENT);
      byName.remove(name);
      add(disks, disk, name, disk, volume, DeclaredVolume.CURRENT);
    }
    for (KubeNode filesystem : shape.list(devices, "filesystems")) {
      String name = shape.text(filesystem, "name");
      KubeNode volume = byName.getOrDefault(name, JsonKubeNode.ABSENT);
      byName.remove(name);
      addShare(name, filesystem, volume);
    }
    byName.forEach(
        (name, volume) -> {
          if (!volume.get("memoryDump").isPresent()) {
            add(disks, JsonKubeNode.ABSENT, name, volume, volume, DeclaredVolume.CURRENT);
          }
        });
  }

  /** Volumes that were plugged in and are not in the spec yet (pkg/virt-api/rest/volumes.go). */
  private void readRequests(DiskReader disks) {
    KubeNode requests = object.root().at("status", "volumeRequests");
    for (KubeNode request : requests.items()) {
      KubeNode options = request.get("addVolumeOptions");
      if (options.isPresent()) {
        KubeNode disk = options.get("disk");
        String name = options.get("name").text();
        add(disks, disk, name, options, options.get("volumeSource"), DeclaredVolume.PENDING);
      }
    }
  }

  private void add(
      DiskReader disks,
      KubeNode disk,
      String name,
      KubeNode namedAt,
      KubeNode volume,
      String section) {
    DiskSource source = source(volume, name);
    source.host().ifPresent(hosts::add);
    volumes.add(disks.read(disk, name, namedAt, source, section));
  }

  private DiskSource source(KubeNode volume, String name) {
    return volume.isPresent()
        ? DiskSource.of(volume, object.namespace(), dataVolumes, claims, object.source())
        : DiskSource.unknown(
            new Missing(
                "storage.type", name, "add a volume of this name: KubeVirt refuses such a disk"));
  }

  /** A directory that virtiofs shares. */
  private void addShare(String name, KubeNode filesystem, KubeNode volume) {
    DiskSource source = source(volume, name);
    source.host().ifPresent(hosts::add);
    Map<String, String> options = new HashMap<>();
    options.put(OptionName.SOURCE, source.name());
    PlacementOptions.put(options, source.directory());
    filesystem
        .get("name")
        .span()
        .ifPresent(span -> positions.volume(DeclaredVolume.CURRENT, name, span));
    volumes.add(
        new DeclaredVolume(
            name,
            Role.FILESYSTEM,
            DeclaredVolume.CURRENT,
            true,
            source.readOnly(),
            false,
            source.transientWrites(),
            Optional.empty(),
            "",
            "",
            options));
  }

  private Optional<String> host() {
    String running = object.root().at("status", "nodeName").text();
    if (!running.isEmpty()) {
      return Optional.of(running);
    }
    return NodeAffinity.ofSpec(spec, drivers)
        .or(() -> hosts.size() == 1 ? hosts.stream().findFirst() : Optional.empty());
  }

  private List<String> bypasses() {
    KubeNode annotations = template.at("metadata", "annotations");
    Optional<KubeNode.Field> hooks = annotations.field(HOOK_SIDECARS);
    hooks
        .flatMap(KubeNode.Field::place)
        .ifPresent(span -> positions.field(Field.GUEST_BYPASSES, span));
    return hooks.isPresent() ? List.of(HOOK_SIDECARS) : List.of();
  }
}
