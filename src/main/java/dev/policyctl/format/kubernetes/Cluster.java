package dev.policyctl.format.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The objects of a run by what refers to them, over those of another cluster where there is one. A
 * look-up is a hash. Many may read while one writes.
 */
public final class Cluster {
  private static final List<String> DEFAULT_CLASS =
      List.of(
          "storageclass.kubernetes.io/is-default-class",
          "storageclass.beta.kubernetes.io/is-default-class");
  private static final String DEFAULT_VIRT_CLASS = "storageclass.kubevirt.io/is-default-virt-class";

  private final Map<ObjectKind, Names<KubeObject>> objects = new ConcurrentHashMap<>();
  private final Names<KubeObject> volumesByClaim = new Names<>();
  private final Names<KubeObject> machinesByDisk = new Names<>();

  /** How many claims name a PersistentVolume. */
  private final Map<String, Integer> namedByClaims = new ConcurrentHashMap<>();

  private final List<KubeObject> defaultClasses = new CopyOnWriteArrayList<>();
  private final List<KubeObject> defaultVirtClasses = new CopyOnWriteArrayList<>();

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
    objects.forEach(cluster::put);
    return cluster;
  }

  /** Adds an object, or puts it in the place of its other version. */
  public void put(KubeObject object) {
    Names<KubeObject> named = objects.computeIfAbsent(object.objectKind(), kind -> new Names<>());
    named
        .exactly(object.namespace(), object.name())
        .ifPresent(old -> forgetReferences(old.unpacked()));
    named.put(object.namespace(), object.name(), object);
    noteReferences(object, object.unpacked());
  }

  /** Removes an object; one that is not here is no error. */
  public void remove(KubeObject object) {
    Names<KubeObject> named = objects.get(object.objectKind());
    if (named != null) {
      named
          .exactly(object.namespace(), object.name())
          .ifPresent(old -> forgetReferences(old.unpacked()));
      named.remove(object.namespace(), object.name());
    }
  }

  private void forgetReferences(KubeObject object) {
    if (object.objectKind() == ObjectKind.CLAIM) {
      namedByClaims.computeIfPresent(
          object.spec().get("volumeName").text(), (name, count) -> count == 1 ? null : count - 1);
    } else if (object.objectKind() == ObjectKind.VOLUME) {
      KubeNode claim = object.spec().get("claimRef");
      volumesByClaim.remove(claim.get("namespace").text(), claim.get("name").text());
    } else if (object.objectKind() == ObjectKind.STORAGE_CLASS) {
      defaultClasses.removeIf(known -> known.name().equals(object.name()));
      defaultVirtClasses.removeIf(known -> known.name().equals(object.name()));
    }
  }

  /**
   * @param kept what is remembered of the object
   */
  private void noteReferences(KubeObject kept, KubeObject object) {
    if (object.objectKind().template() == ObjectKind.Template.MACHINE) {
      addDisks(object);
    } else if (object.objectKind() == ObjectKind.CLAIM) {
      namedByClaims.merge(object.spec().get("volumeName").text(), 1, Integer::sum);
    } else if (object.objectKind() == ObjectKind.VOLUME) {
      KubeNode claim = object.spec().get("claimRef");
      if (claim.isPresent()) {
        volumesByClaim.put(claim.get("namespace").text(), claim.get("name").text(), kept);
      }
    } else if (object.objectKind() == ObjectKind.STORAGE_CLASS) {
      if (DEFAULT_CLASS.stream().anyMatch(key -> object.annotation(key).equals("true"))) {
        defaultClasses.add(kept);
      }
      if (object.annotation(DEFAULT_VIRT_CLASS).equals("true")) {
        defaultVirtClasses.add(kept);
      }
    }
  }

  private void addDisks(KubeObject machine) {
    KubeNode spec = machine.objectKind().templateIn(machine.root()).get("spec");
    if (spec.at("domain", "devices").get("filesystems").isPresent()) {
      return;
    }
    for (KubeNode volume : spec.get("volumes").items()) {
      String claim = volume.at("persistentVolumeClaim", "claimName").text();
      String made = volume.at("dataVolume", "name").text();
      machinesByDisk.put(machine.namespace(), claim.isEmpty() ? made : claim, machine);
    }
  }

  /** The machine that has the claim for a disk, and shares no directory with its guest. */
  Optional<KubeObject> machineOf(String namespace, String claim) {
    return machinesByDisk
        .find(namespace, claim)
        .or(() -> base.flatMap(below -> below.machineOf(namespace, claim)));
  }

  Optional<KubeObject> find(ObjectKind kind, String namespace, String name) {
    Names<KubeObject> named = objects.get(kind);
    Optional<KubeObject> own = named == null ? Optional.empty() : named.find(namespace, name);
    return own.map(KubeObject::unpacked)
        .or(() -> base.flatMap(below -> below.find(kind, namespace, name)));
  }

  /** The PersistentVolume that is bound to the claim, or set aside for it. */
  Optional<KubeObject> volumeOf(String namespace, String claim) {
    return volumesByClaim
        .find(namespace, claim)
        .map(KubeObject::unpacked)
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
    return candidates.size() == 1 ? Optional.of(candidates.get(0).unpacked()) : Optional.empty();
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
    return namedByClaims.containsKey(volume)
        || base.filter(below -> below.isNamed(volume)).isPresent();
  }
}
