package dev.policyctl.format.kubernetes;

import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a claim with the PersistentVolume that it binds, or either of them alone. */
final class ClaimReader {
  static final String FORMAT = "kubernetes-claim";

  private final Cluster cluster;
  private final ClaimJoin claims;
  private final Shape shape;

  ClaimReader(Cluster cluster, ClaimJoin claims, Shape shape) {
    this.cluster = cluster;
    this.claims = claims;
    this.shape = shape;
  }

  ParsedGuest ofClaim(KubeObject object) {
    Claim claim = Claim.of(object);
    List.of("storageClassName", "volumeMode", "volumeName")
        .forEach(key -> shape.text(claim.spec(), key));
    shape.list(claim.spec(), "accessModes");
    Backing backing = claims.of(claim, object.source());
    Fact<Boolean> direct =
        DirectIo.stated(claim.metadata(), shape)
            .or(() -> backing.volume().flatMap(it -> DirectIo.stated(it.metadata(), shape)))
            .or(() -> usedByMachine(object))
            .orElse(DirectIo.NOT_STATED);
    return guest(object, claim.spec(), backing, claim.isReadOnly(), direct);
  }

  /** How a machine opens its disks is told where it is defined. */
  private Optional<Fact<Boolean>> usedByMachine(KubeObject claim) {
    return cluster
        .machineOf(claim.namespace(), claim.name())
        .map(it -> Fact.known(false, "it is a disk of " + it.named(claim.source())));
  }

  ParsedGuest ofVolume(KubeObject volume) {
    Backing backing = claims.ofVolume(volume, "", volume.source());
    Fact<Boolean> direct = DirectIo.stated(volume.metadata(), shape).orElse(DirectIo.NOT_STATED);
    boolean readOnly = Claim.ofTemplate("", "", volume.root()).isReadOnly();
    return guest(volume, volume.spec(), backing, readOnly, direct);
  }

  private static ParsedGuest guest(
      KubeObject object, KubeNode spec, Backing backing, boolean readOnly, Fact<Boolean> direct) {
    Map<String, String> options = new HashMap<>();
    options.put(OptionName.SOURCE, object.objectKind().word());
    PlacementOptions.put(options, backing.placement());
    DirectIo.put(options, direct);
    DeclaredVolume volume =
        new DeclaredVolume(
            object.name(),
            backing.isBlock() ? Role.DISK : Role.MOUNT,
            DeclaredVolume.CURRENT,
            true,
            readOnly,
            false,
            false,
            Optional.empty(),
            "",
            "",
            options);
    return new ParsedGuest(
        new DeclaredGuest(
            FORMAT,
            object.id(),
            object.name(),
            backing.host(),
            List.of(),
            List.of(volume),
            Annotations.options(object)),
        positions(object, spec));
  }

  private static Positions positions(KubeObject object, KubeNode spec) {
    String key = object.name();
    Positions.Builder positions = Positions.builder();
    object
        .metadata()
        .get("name")
        .span()
        .ifPresent(span -> positions.subject(span).volume(DeclaredVolume.CURRENT, key, span));
    note(positions, key, spec, "storageClassName", Field.STORAGE_TYPE);
    note(positions, key, spec, "storageClassName", Field.STORAGE_FILESYSTEM);
    note(positions, key, spec, "volumeMode", Field.STORAGE_ACCESS);
    note(positions, key, spec, "accessModes", Field.VOLUME_READ_ONLY);
    note(
        positions,
        key,
        object.metadata().get("annotations"),
        DirectIo.ANNOTATION,
        Field.VOLUME_IO_DIRECT);
    return positions.build();
  }

  private static void note(
      Positions.Builder positions, String key, KubeNode parent, String name, Field<?> field) {
    parent
        .field(name)
        .flatMap(KubeNode.Field::place)
        .ifPresent(span -> positions.field(DeclaredVolume.CURRENT, key, field, span));
  }
}
