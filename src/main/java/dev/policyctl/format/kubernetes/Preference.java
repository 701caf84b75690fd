package dev.policyctl.format.kubernetes;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import java.util.Optional;

/**
 * What a KubeVirt preference fills in where a machine's definition says nothing
 * (pkg/instancetype/preference/apply/disk.go). Empty texts where it has no opinion, unknown where
 * the preference is not among the objects.
 */
record Preference(Fact<String> diskCache, Fact<String> diskIo, Fact<String> storageClass) {
  static final Preference NONE = new Preference(Fact.known(""), Fact.known(""), Fact.known(""));

  /**
   * @param spec with {@code preference}: a VirtualMachine's, or a pool's template's
   */
  static Preference of(KubeObject machine, KubeNode spec, Cluster cluster) {
    KubeNode reference = spec.get("preference");
    if (!reference.isPresent()) {
      return NONE;
    }
    String name = reference.get("name").text();
    boolean namespaced =
        reference.get("kind").text().equalsIgnoreCase(ObjectKind.PREFERENCE.word());
    Optional<KubeObject> found =
        namespaced
            ? cluster.find(ObjectKind.PREFERENCE, machine.namespace(), name)
            : cluster.find(ObjectKind.CLUSTER_PREFERENCE, "", name);
    return found
        .map(preference -> read(preference, machine))
        .orElseGet(() -> missing(machine, name, namespaced));
  }

  private static Preference read(KubeObject preference, KubeObject machine) {
    KubeNode devices = preference.spec().get("devices");
    return new Preference(
        preferred(preference, machine, devices, "preferredDiskCache"),
        preferred(preference, machine, devices, "preferredDiskIO"),
        preferred(
            preference, machine, preference.spec().get("volumes"), "preferredStorageClassName"));
  }

  private static Fact<String> preferred(
      KubeObject preference, KubeObject machine, KubeNode parent, String key) {
    String value = parent.get(key).text();
    return value.isEmpty()
        ? Fact.known("")
        : Fact.known(
            value, preference.named(machine.source()) + " says `" + key + ": " + value + "`");
  }

  private static Preference missing(KubeObject machine, String name, boolean namespaced) {
    String inferred = "its preference is inferred from a volume: set `cache` on the disk";
    String resource =
        namespaced
            ? "virtualmachinepreference " + name + namespaceOption(machine)
            : "virtualmachineclusterpreference " + name;
    Missing missing =
        new Missing(
            "volume.cache",
            name.isEmpty() ? machine.id() : name,
            name.isEmpty()
                ? inferred
                : "set `cache` on the disk, or give the preference along with it: `kubectl get "
                    + resource
                    + " -o yaml`");
    return new Preference(Fact.unknown(missing), Fact.unknown(missing), Fact.unknown(missing));
  }

  private static String namespaceOption(KubeObject machine) {
    return machine.namespace().isEmpty() ? "" : " -n " + machine.namespace();
  }
}
