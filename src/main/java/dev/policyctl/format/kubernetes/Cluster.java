package dev.policyctl.format.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

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

  /**
   * Several where volumes of former claims of that name are kept; the one that came last counts.
   */
  private final Names<List<KubeObject>> volumesByClaim = new Names<>();

  private final Names<KubeObject> machinesByDisk = new Names<>();

  /** How many claims name a PersistentVolume. */
  private final Map<String, Integer> namedByClaims = new ConcurrentHashMap<>();

  private volatile List<KubeObject> defaultClasses = List.of();
  private volatile List<KubeObject> defaultVirtClasses = List.of();

  private final Optional<Cluster> base;

  private Cluster(Optional<Cluster> base) {
    this.base = base;
  }

  public static Cluster of(Iterable<KubeObject> objects) {
    return build(objects, Optional.empty());
  }

  /** This cluster with some objects in another version. */
  public Cluster with(Iterable<KubeObject> changed) {
    return build(changed, Optional.of(this));
  }

  private static Cluster build(Iterable<KubeObject> objects, Optional<Cluster> base) {
    Cluster cluster = new Cluster(base);
    objects.forEach(cluster::put);
    return cluster;
  }

  /** Adds an object, or puts it in the place of its other version. */
  public synchronized void put(KubeObject object) {
    Names<KubeObject> named = objects.computeIfAbsent(object.objectKind(), kind -> new Names<>());
    Optional<KubeObject> old = named.exactly(object.namespace(), object.name());
    named.put(object.namespace(), object.name(), object);
    change(old.map(KubeObject::unpacked), Optional.of(object), Optional.of(object.unpacked()));
  }

  /** Removes an object; one that is not here is no error. */
  public synchronized void remove(KubeObject object) {
    Names<KubeObject> named = objects.get(object.objectKind());
    if (named != null) {
      Optional<KubeObject> old = named.exactly(object.namespace(), object.name());
      named.remove(object.namespace(), object.name());
      change(old.map(KubeObject::unpacked), Optional.empty(), Optional.empty());
    }
  }

  /**
   * Takes what refers to the new version in before what refers to the old one is taken out, so that
   * a reader between the two misses nothing.
   *
   * @param kept what is remembered of the new version
   * @param added the new version
   */
  private void change(
      Optional<KubeObject> old, Optional<KubeObject> kept, Optional<KubeObject> added) {
    Optional<KubeObject> any = added.or(() -> old);
    if (any.isEmpty()) {
      return;
    }
    KubeObject object = any.get();
    if (object.objectKind().template() == ObjectKind.Template.MACHINE) {
      added.ifPresent(this::addDisks);
    } else if (object.objectKind() == ObjectKind.CLAIM) {
      added.ifPresent(it -> namedByClaims.merge(volumeName(it), 1, Integer::sum));
      old.ifPresent(
          it ->
              namedByClaims.computeIfPresent(
                  volumeName(it), (name, count) -> count == 1 ? null : count - 1));
    } else if (object.objectKind() == ObjectKind.VOLUME) {
      changeVolume(object.name(), old.map(Cluster::claimOf), kept, added.map(Cluster::claimOf));
    } else if (object.objectKind() == ObjectKind.STORAGE_CLASS) {
      defaultClasses = replaced(defaultClasses, object.name(), kept.filter(it -> isDefault(added)));
      defaultVirtClasses =
          replaced(defaultVirtClasses, object.name(), kept.filter(it -> isVirtDefault(added)));
    }
  }

  private static String volumeName(KubeObject claim) {
    return claim.spec().get("volumeName").text();
  }

  /** What a PersistentVolume says of its claim; absent where it says nothing. */
  private static KubeNode claimOf(KubeObject volume) {
    return volume.spec().get("claimRef");
  }

  private void changeVolume(
      String name, Optional<KubeNode> was, Optional<KubeObject> kept, Optional<KubeNode> is) {
    is.filter(KubeNode::isPresent).ifPresent(claim -> replaceVolume(claim, name, kept));
    was.filter(KubeNode::isPresent)
        .filter(claim -> is.isEmpty() || !isSameClaim(claim, is.get()))
        .ifPresent(claim -> replaceVolume(claim, name, Optional.empty()));
  }

  private static boolean isSameClaim(KubeNode one, KubeNode other) {
    return one.get("namespace").text().equals(other.get("namespace").text())
        && one.get("name").text().equals(other.get("name").text());
  }

  private void replaceVolume(KubeNode claim, String name, Optional<KubeObject> volume) {
    String namespace = claim.get("namespace").text();
    String claimName = claim.get("name").text();
    List<KubeObject> known = volumesByClaim.exactly(namespace, claimName).orElse(List.of());
    List<KubeObject> all = replaced(known, name, volume);
    if (all.isEmpty()) {
      volumesByClaim.remove(namespace, claimName);
    } else {
      volumesByClaim.put(namespace, claimName, all);
    }
  }

  /** The objects without those of a name, and one at the end instead. */
  private static List<KubeObject> replaced(
      List<KubeObject> known, String name, Optional<KubeObject> by) {
    return Stream.concat(known.stream().filter(it -> !it.name().equals(name)), by.stream())
        .toList();
  }

  private static boolean isDefault(Optional<KubeObject> storageClass) {
    return storageClass
        .filter(it -> DEFAULT_CLASS.stream().anyMatch(key -> it.annotation(key).equals("true")))
        .isPresent();
  }

  private static boolean isVirtDefault(Optional<KubeObject> storageClass) {
    return storageClass.filter(it -> it.annotation(DEFAULT_VIRT_CLASS).equals("true")).isPresent();
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
        .map(volumes -> volumes.get(volumes.size() - 1).unpacked())
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
