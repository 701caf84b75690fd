package dev.policyctl.format.kubernetes;

import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one pod, or what makes pods. */
final class WorkloadReader {
  static final String FORMAT = "kubernetes-workload";

  private final Cluster cluster;
  private final Drivers drivers;
  private final PodVolumes sources;
  private final Shape shape;
  private final KubeObject object;
  private final KubeNode template;
  private final KubeNode spec;
  private final Positions.Builder positions = Positions.builder();
  private final List<DeclaredVolume> volumes = new ArrayList<>();
  private final Set<String> hosts = new LinkedHashSet<>();
  private final Optional<Fact<Boolean>> stated;

  WorkloadReader(
      Cluster cluster, ClaimJoin claims, Drivers drivers, Shape shape, KubeObject object) {
    this.cluster = cluster;
    this.drivers = drivers;
    this.shape = shape;
    this.object = object;
    this.template = object.objectKind().templateIn(object.root());
    this.spec = template.get("spec");
    this.sources = new PodVolumes(object, claims, drivers);
    Optional<Fact<Boolean>> ofPods = DirectIo.stated(template.get("metadata"), shape);
    boolean isPod = object.objectKind() == ObjectKind.POD;
    this.stated = ofPods.isPresent() || isPod ? ofPods : DirectIo.stated(object.metadata(), shape);
  }

  ParsedGuest read() {
    Map<String, KubeNode> declared = new LinkedHashMap<>();
    shape.list(spec, "volumes").forEach(it -> declared.put(it.get("name").text(), it));
    List<Container> containers = containers(configs(declared));
    declared.forEach(
        (name, volume) ->
            sources
                .of(volume)
                .ifPresent(source -> add(name, volume.get("name"), source, containers)));
    for (KubeNode claim : shape.list(object.spec(), "volumeClaimTemplates")) {
      KubeNode name = claim.at("metadata", "name");
      add(name.text(), name, sources.ofClaimTemplate(claim), containers);
    }
    object.metadata().get("name").span().ifPresent(positions::subject);
    return new ParsedGuest(
        new DeclaredGuest(
            FORMAT,
            object.id(),
            object.name(),
            host(),
            List.of(),
            volumes,
            Annotations.options(object)),
        positions.build());
  }

  /** The ConfigMaps among the pod's volumes. */
  private Map<String, KubeObject> configs(Map<String, KubeNode> declared) {
    Map<String, KubeObject> configs = new LinkedHashMap<>();
    declared.forEach(
        (name, volume) -> {
          addConfig(configs, name, volume.get("configMap"));
          for (KubeNode source : volume.at("projected", "sources").items()) {
            addConfig(configs, name, source.get("configMap"));
          }
        });
    return configs;
  }

  private void addConfig(Map<String, KubeObject> configs, String volume, KubeNode reference) {
    Container.config(reference, object.namespace(), cluster)
        .ifPresent(config -> configs.put(volume, config));
  }

  private List<Container> containers(Map<String, KubeObject> configs) {
    List<Container> containers = new ArrayList<>();
    for (String key : List.of("containers", "initContainers")) {
      for (KubeNode container : shape.list(spec, key)) {
        containers.add(Container.read(container, object.namespace(), cluster, configs));
      }
    }
    return containers;
  }

  private void add(
      String name, KubeNode namedAt, PodVolumes.Source source, List<Container> containers) {
    List<Container.Mount> mounts =
        containers.stream()
            .flatMap(it -> it.mounts().getOrDefault(name, List.of()).stream())
            .toList();
    Map<String, String> options = new HashMap<>();
    options.put(OptionName.SOURCE, source.name());
    PlacementOptions.put(options, source.placement());
    DirectSignals.Signal signal = signal(name, source, containers);
    DirectIo.put(options, signal.direct(), signal.possible());
    namedAt.span().ifPresent(it -> positions.volume(DeclaredVolume.CURRENT, name, it));
    signal
        .place()
        .ifPresent(
            it ->
                positions
                    .field(DeclaredVolume.CURRENT, name, Field.VOLUME_IO_DIRECT, it)
                    .field(DeclaredVolume.CURRENT, name, Field.VOLUME_IO_POSSIBLE, it));
    source.host().ifPresent(hosts::add);
    boolean onlyRead = !mounts.isEmpty() && mounts.stream().allMatch(Container.Mount::readOnly);
    volumes.add(
        new DeclaredVolume(
            name,
            source.placement().access().is("block") ? Role.DISK : Role.MOUNT,
            DeclaredVolume.CURRENT,
            !mounts.isEmpty(),
            source.readOnly() || onlyRead,
            false,
            source.transientWrites(),
            Optional.empty(),
            "",
            "",
            options));
  }

  /** What an owner states goes before what containers show; the claim's owner before the pod's. */
  private DirectSignals.Signal signal(
      String volume, PodVolumes.Source source, List<Container> containers) {
    return source
        .stated()
        .flatMap(metadata -> DirectIo.stated(metadata, shape))
        .or(() -> stated)
        .map(it -> new DirectSignals.Signal(it, it.is(true), Optional.empty()))
        .orElseGet(() -> new DirectSignals(Software.bundled()).of(containers, volume));
  }

  private Optional<String> host() {
    return NodeAffinity.ofSpec(spec, drivers)
        .or(() -> hosts.size() == 1 ? hosts.stream().findFirst() : Optional.empty());
  }
}
