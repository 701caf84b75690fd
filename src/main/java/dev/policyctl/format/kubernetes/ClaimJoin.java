package dev.policyctl.format.kubernetes;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.source.SourceText;
import java.util.List;
import java.util.Optional;

/** From a claim to its PersistentVolume, its class, and the place that these say. */
final class ClaimJoin {
  private static final String BLOCK = "Block";

  private final Cluster cluster;
  private final Drivers drivers;

  ClaimJoin(Cluster cluster, Drivers drivers) {
    this.cluster = cluster;
    this.drivers = drivers;
  }

  /**
   * @param readIn the file whose findings will tell the reasons
   */
  Backing of(Claim claim, SourceText readIn) {
    Optional<KubeObject> volume = volume(claim);
    if (volume.isPresent()) {
      return ofVolume(volume.get(), claim.className().orElse(""), readIn);
    }
    if (claim.className().filter(String::isEmpty).isPresent()) {
      return unbound(claim);
    }
    Optional<Missing> preference = claim.preferredClass().whatIsMissing();
    if (claim.className().isEmpty() && preference.isPresent()) {
      return Backing.unknown("", access(claim, "", Optional.empty()), preference.get());
    }
    Optional<KubeObject> storageClass = storageClass(claim);
    String className = storageClass.map(KubeObject::name).or(claim::className).orElse("");
    Fact<String> access = access(claim, className, storageClass);
    if (storageClass.isEmpty()) {
      return Backing.unknown(className, access, missingClass(claim, className));
    }
    Origin origin = Origin.ofClass(storageClass.get(), readIn, drivers);
    return access.isKnown()
        ? Backing.of(DriverPlaces.of(origin, access.is("block")))
        : Backing.unknown(className, access, access.whatIsMissing().orElseThrow());
  }

  /**
   * A claim by its name.
   *
   * @param template what will make it, if it is not among the objects
   */
  Backing named(String namespace, String name, Optional<Claim> template, SourceText readIn) {
    Optional<Claim> claim =
        cluster
            .find(ObjectKind.CLAIM, namespace, name)
            .map(Claim::of)
            .or(() -> template)
            .or(() -> cluster.find(ObjectKind.DATA_VOLUME, namespace, name).map(Claim::of));
    if (claim.isPresent()) {
      return of(claim.get(), readIn);
    }
    return cluster
        .volumeOf(namespace, name)
        .map(volume -> ofVolume(volume, "", readIn))
        .orElseGet(() -> missingClaim(namespace, name));
  }

  /** Metadata of a claim, where its owner may state how it is used. */
  Optional<KubeNode> metadata(String namespace, String name) {
    return cluster
        .find(ObjectKind.CLAIM, namespace, name)
        .or(() -> cluster.find(ObjectKind.DATA_VOLUME, namespace, name))
        .map(KubeObject::metadata);
  }

  private static Backing missingClaim(String namespace, String name) {
    String id = namespace.isEmpty() ? name : namespace + "/" + name;
    Missing missing =
        new Missing(
            "storage.type",
            id,
            "give the claim along with it: `kubectl get pvc "
                + name
                + (namespace.isEmpty() ? "" : " -n " + namespace)
                + " -o yaml`");
    return Backing.unknown("", Fact.unknown(missing), missing);
  }

  private Optional<KubeObject> volume(Claim claim) {
    return claim.volumeName().isEmpty()
        ? cluster.volumeOf(claim.namespace(), claim.name())
        : cluster.find(ObjectKind.VOLUME, "", claim.volumeName());
  }

  /**
   * @param claimedClass the class that the claim names; the PersistentVolume's own is looked up
   *     first
   */
  Backing ofVolume(KubeObject volume, String claimedClass, SourceText readIn) {
    String own = volume.spec().get("storageClassName").text();
    String className = own.isEmpty() ? claimedClass : own;
    Optional<KubeObject> storageClass =
        className.isEmpty()
            ? Optional.empty()
            : cluster.find(ObjectKind.STORAGE_CLASS, "", className);
    boolean block = volume.spec().get("volumeMode").text().equals(BLOCK);
    Optional<Origin> origin = Origin.ofVolume(volume, className, storageClass, readIn, drivers);
    return new Backing(
        origin
            .map(it -> DriverPlaces.of(it, block))
            .orElseGet(() -> NodePlaces.ofVolume(volume, className, block, readIn)),
        NodeAffinity.ofVolume(volume, drivers),
        Optional.of(volume));
  }

  /** The class among the objects: the one that is named, else the cluster's default. */
  private Optional<KubeObject> storageClass(Claim claim) {
    return claim.className().isPresent()
        ? cluster.find(ObjectKind.STORAGE_CLASS, "", claim.className().get())
        : cluster.defaultClass(claim.virtual());
  }

  /**
   * A claim is of mode Filesystem unless it says otherwise; where CDI completes it, its
   * StorageProfile decides (CDI, renderPvcSpecVolumeModeAndAccessModesAndStorageClass).
   */
  private Fact<String> access(Claim claim, String className, Optional<KubeObject> storageClass) {
    String mode = claim.spec().get("volumeMode").text();
    if (!mode.isEmpty()) {
      return Fact.known(mode.equals(BLOCK) ? "block" : "file", "`volumeMode` is " + mode);
    }
    if (!claim.completed() || storageClass.filter(this::isOfFilesOnly).isPresent()) {
      return Fact.known("file");
    }
    return cluster
        .find(ObjectKind.STORAGE_PROFILE, "", className)
        .flatMap(profile -> profiledMode(profile, claim.accessModes()))
        .map(
            it ->
                Fact.known(
                    it.equals(BLOCK) ? "block" : "file",
                    "StorageProfile `" + className + "` makes it " + it))
        .orElseGet(() -> Fact.unknown(missingMode(claim, className)));
  }

  private boolean isOfFilesOnly(KubeObject storageClass) {
    return switch (drivers.find(storageClass.root().get("provisioner").text()).volumes()) {
      case DIRECTORY, SHARE -> true;
      case DEVICE, UNKNOWN -> false;
    };
  }

  private static Optional<String> profiledMode(KubeObject profile, List<String> accessModes) {
    KubeNode status = profile.root().at("status", "claimPropertySets");
    KubeNode sets = status.isPresent() ? status : profile.spec().get("claimPropertySets");
    return sets.items().stream()
        .filter(set -> modes(set).containsAll(accessModes))
        .map(set -> set.get("volumeMode").text())
        .filter(mode -> !mode.isEmpty())
        .findFirst();
  }

  private static List<String> modes(KubeNode set) {
    return set.get("accessModes").items().stream().map(KubeNode::text).toList();
  }

  private static Missing missingMode(Claim claim, String className) {
    return new Missing(
        "storage.access",
        claim.id(),
        "set its `volumeMode`, or give CDI's StorageProfile along with it: `kubectl get"
            + " storageprofile "
            + className
            + " -o yaml`");
  }

  private static Missing missingClass(Claim claim, String className) {
    return className.isEmpty()
        ? new Missing(
            "storage.type",
            claim.id(),
            "it leaves its class to the cluster's default: set `storageClassName`, or give the"
                + " StorageClasses along with it: `kubectl get storageclass -o yaml`")
        : new Missing(
            "storage.type",
            className,
            "give the StorageClass along with it: `kubectl get storageclass "
                + className
                + " -o yaml`, or name its directory under `storageClasses` in the host's facts");
  }

  private static Backing unbound(Claim claim) {
    boolean block = claim.spec().get("volumeMode").text().equals(BLOCK);
    Missing missing =
        new Missing(
            "storage.type",
            claim.id(),
            "it wants no class: give the PersistentVolume that it binds along with it:"
                + " `kubectl get pv -o yaml`");
    return Backing.unknown("", Fact.known(block ? "block" : "file"), missing);
  }
}
