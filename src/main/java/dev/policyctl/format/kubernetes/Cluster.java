package dev.policyctl.format.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The objects of a run by what refers to them. Immutable once built; a look-up is a hash. */
public final class Cluster {
  private static final List<String> DEFAULT_CLASS =
      List.of(
          "storageclass.kubernetes.io/is-default-class",
          "storageclass.beta.kubernetes.io/is-default-class");
  private static final String DEFAULT_VIRT_CLASS = "storageclass.kubevirt.io/is-default-virt-class";

  private final Map<ObjectKind, Names<KubeObject>> objects = new HashMap<>();
  private final Names<KubeObject> volumesByClaim = new Names<>();
  private final Set<String> namedByClaims = new HashSet<>();
  private final List<KubeObject> defaultClasses = new ArrayList<>();
  private final List<KubeObject> defaultVirtClasses = new ArrayList<>();

  private Cluster() {}

  public static Cluster of(Iterable<KubeObject> objects) {
    Cluster cluster = new Cluster();
    objects.forEach(cluster::add);
    return cluster;
  }

  private void add(KubeObject object) {
    objects
        .computeIfAbsent(object.objectKind(), kind -> new Names<>())
        .put(object.namespace(), object.name(), object);
    if (object.objectKind() == ObjectKind.CLAIM) {
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

  Optional<KubeObject> find(ObjectKind kind, String namespace, String name) {
    Names<KubeObject> named = objects.get(kind);
    return named == null ? Optional.empty() : named.find(namespace, name);
  }

  /** The PersistentVolume that is bound to the claim, or set aside for it. */
  Optional<KubeObject> volumeOf(String namespace, String claim) {
    return volumesByClaim.find(namespace, claim);
  }

  /**
   * The class of a claim that names none; empty where there is none or the choice is not plain.
   *
   * @param virtual for a disk of a machine, which has a default of its own first (CDI,
   *     GetStorageClassByNameWithVirtFallback)
   */
  Optional<KubeObject> defaultClass(boolean virtual) {
    List<KubeObject> candidates =
        virtual && !defaultVirtClasses.isEmpty() ? defaultVirtClasses : defaultClasses;
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  /** Whether the claim that a PersistentVolume is bound to, or set aside for, is here. */
  boolean isClaimed(KubeObject volume) {
    KubeNode claim = volume.spec().get("claimRef");
    if (claim.isPresent()) {
      return find(ObjectKind.CLAIM, claim.get("namespace").text(), claim.get("name").text())
          .isPresent();
    }
    return namedByClaims.contains(volume.name());
  }
}
