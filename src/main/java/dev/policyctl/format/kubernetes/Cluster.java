package dev.policyctl.format.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The objects of a run by what refers to them, over those of another cluster where there is one.
 * Immutable once built; a look-up is a hash.
 */
public final class Cluster {
  private static final List<String> DEFAULT_CLASS =
      List.of(
          "storageclass.kubernetes.io/is-default-class",
          "storageclass.beta.kubernetes.io/is-default-class");
  private static final String DEFAULT_VIRT_CLASS = "storageclass.kubevirt.io/is-default-virt-class";

  private final Map<ObjectKind, Names<KubeObject>> objects = new HashMap<>();
  private final Names<KubeObject> volumesByClaim = new Names<>();
  private final Set<String> namedByClaims = new HashSet<>();
  private final Names<KubeObject> usersByClaim = new Names<>();
  private final List<KubeObject> defaultClasses = new ArrayList<>();
  private final List<KubeObject> defaultVirtClasses = new ArrayList<>();

  private final Optional<Cluster> base;

  private Cluster(Optional<Cluster> base) {
    this.base = base;
  }

  public static Cluster of(Iterable<KubeObject> objects) {
    return build(objects, Optional.empty());
  }

  /** This cluster with some objects in another version. */
  Cluster with(Iterable<KubeObject> changed) {
    return build(changed, Optional.of(this));
  }

  private static Cluster build(Iterable<KubeObject> objects, Optional<Cluster> base) {
    Cluster cluster = new Cluster(base);
    objects.forEach(cluster::add);
    return cluster;
  }

  private void add(KubeObject object) {
    objects
        .computeIfAbsent(object.objectKind(), kind -> new Names<>())
        .put(object.namespace(), object.name(), object);
    if (object.objectKind().template() != ObjectKind.Template.NONE) {
      addUser(object);
    } else if (object.objectKind() == ObjectKind.CLAIM) {
      namedByClaims.add(object.spec().get("volumeName").text());
    } else if (object.objectKind() == ObjectKind.VOLUME) {
      KubeNode claim = object.spec().get("claimRef");
      if (claim.isPresent()) {
        volumesByClaim.put(claim.get("namespace").text(), claim.get("name").text(), object);
      }
    } else if (object.objectKind() == ObjectKind.STORAGE_CLASS) {
      if (DEFAULT_CLASS.stream().anyMatch(key -> object.annotation(key).equals("true"))) {
        defaultClasses.add(object);
      }
      if (object.annotation(DEFAULT_VIRT_CLASS).equals("true")) {
        defaultVirtClasses.add(object);
      }
    }
  }

  private void addUser(KubeObject user) {
    KubeNode spec = user.objectKind().templateIn(user.root()).get("spec");
    for (KubeNode volume : spec.get("volumes").items()) {
      String claim = volume.at("persistentVolumeClaim", "claimName").text();
      String name = claim.isEmpty() ? volume.at("dataVolume", "name").text() : claim;
      if (!name.isEmpty()) {
        usersByClaim.put(user.namespace(), name, user);
      }
    }
  }

  Optional<KubeObject> find(ObjectKind kind, String namespace, String name) {
    Names<KubeObject> named = objects.get(kind);
    Optional<KubeObject> own = named == null ? Optional.empty() : named.find(namespace, name);
    return own.or(() -> base.flatMap(below -> below.find(kind, namespace, name)));
  }

  /** The PersistentVolume that is bound to the claim, or set aside for it. */
  Optional<KubeObject> volumeOf(String namespace, String claim) {
    return volumesByClaim
        .find(namespace, claim)
        .or(() -> base.flatMap(below -> below.volumeOf(namespace, claim)));
  }

  /**
   * The class of a claim that names none; empty where there is none or the choice is not plain.
   *
   * @param virtual for a disk of a machine, which has a default of its own first (CDI,
   *     GetStorageClassByNameWithVirtFallback)
   */
  Optional<KubeObject> defaultClass(boolean virtual) {
    List<KubeObject> forMachines = classes(cluster -> cluster.defaultVirtClasses);
    List<KubeObject> candidates =
        virtual && !forMachines.isEmpty()
            ? forMachines
            : classes(cluster -> cluster.defaultClasses);
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  /** Own ones, and those of the base that have no other version here. */
  private List<KubeObject> classes(Function<Cluster, List<KubeObject>> kind) {
    List<KubeObject> all = new ArrayList<>(kind.apply(this));
    Names<KubeObject> own = objects.get(ObjectKind.STORAGE_CLASS);
    base.ifPresent(
        below ->
            below.classes(kind).stream()
                .filter(old -> own == null || own.find(old.namespace(), old.name()).isEmpty())
                .forEach(all::add));
    return all;
  }

  /** Whether a machine or a workload here names the claim, and so says how it is used. */
  boolean isUsed(String namespace, String claim) {
    return usersByClaim.find(namespace, claim).isPresent()
        || base.filter(below -> below.isUsed(namespace, claim)).isPresent();
  }

  /** Whether the claim that a PersistentVolume is bound to, or set aside for, is here. */
  boolean isClaimed(KubeObject volume) {
    KubeNode claim = volume.spec().get("claimRef");
    if (claim.isPresent()) {
      return find(ObjectKind.CLAIM, claim.get("namespace").text(), claim.get("name").text())
          .isPresent();
    }
    return isNamed(volume.name());
  }

  private boolean isNamed(String volume) {
    return namedByClaims.contains(volume)
        || base.filter(below -> below.isNamed(volume)).isPresent();
  }
}
