package dev.policyctl.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kind of objects that is kept in memory. ConfigMaps and Secrets are none: whole ones in memory
 * are what other engines are blamed for (kubernetes.md §5.6).
 *
 * @param group empty for the core group
 * @param isAlwaysThere whether every cluster has it; else its definition may come later, or never
 */
record WatchedKind(
    String group,
    String version,
    String kind,
    String plural,
    boolean isNamespaced,
    boolean isAlwaysThere) {
  static final String OWN_GROUP = "policyctl.dev";
  static final String OWN_VERSION = "v1alpha1";

  static final WatchedKind POLICIES = own("StoragePolicy", "storagepolicies");
  static final WatchedKind FACTS = own("HostFacts", "hostfacts");
  static final WatchedKind EXCEPTIONS = own("StoragePolicyException", "storagepolicyexceptions");

  /** What reviews look up. */
  static final List<WatchedKind> REFERENCES =
      List.of(
          new WatchedKind("storage.k8s.io", "v1", "StorageClass", "storageclasses", false, true),
          new WatchedKind("", "v1", "PersistentVolume", "persistentvolumes", false, true),
          new WatchedKind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", true, true),
          new WatchedKind(
              "cdi.kubevirt.io", "v1beta1", "StorageProfile", "storageprofiles", false, false),
          new WatchedKind("cdi.kubevirt.io", "v1beta1", "DataVolume", "datavolumes", true, false),
          new WatchedKind(
              "instancetype.kubevirt.io",
              "v1beta1",
              "VirtualMachineClusterPreference",
              "virtualmachineclusterpreferences",
              false,
              false),
          new WatchedKind(
              "instancetype.kubevirt.io",
              "v1beta1",
              "VirtualMachinePreference",
              "virtualmachinepreferences",
              true,
              false));

  /** What makes guests. */
  static final List<WatchedKind> MAKERS =
      List.of(
          apps("Deployment", "deployments"),
          apps("StatefulSet", "statefulsets"),
          apps("DaemonSet", "daemonsets"),
          apps("ReplicaSet", "replicasets"),
          new WatchedKind("batch", "v1", "CronJob", "cronjobs", true, true),
          new WatchedKind("batch", "v1", "Job", "jobs", true, true),
          new WatchedKind("", "v1", "ReplicationController", "replicationcontrollers", true, true),
          new WatchedKind("", "v1", "Pod", "pods", true, true),
          kubevirt("VirtualMachine", "virtualmachines"),
          kubevirt("VirtualMachineInstance", "virtualmachineinstances"),
          kubevirt("VirtualMachineInstanceReplicaSet", "virtualmachineinstancereplicasets"),
          new WatchedKind(
              "pool.kubevirt.io",
              "v1beta1",
              "VirtualMachinePool",
              "virtualmachinepools",
              true,
              false));

  /** What a scan looks at. */
  static final List<WatchedKind> SCANNED =
      Stream.concat(REFERENCES.stream(), MAKERS.stream()).toList();

  private static WatchedKind apps(String kind, String plural) {
    return new WatchedKind("apps", "v1", kind, plural, true, true);
  }

  private static WatchedKind kubevirt(String kind, String plural) {
    return new WatchedKind("kubevirt.io", "v1", kind, plural, true, false);
  }

  private static WatchedKind own(String kind, String plural) {
    return new WatchedKind(OWN_GROUP, OWN_VERSION, kind, plural, false, false);
  }

  /** Whether it has machines, which are looked up by their disks. */
  boolean isMachine() {
    return group.endsWith("kubevirt.io") && MAKERS.contains(this);
  }

  /** Whether objects of this kind are written anew every few minutes. */
  boolean isRefreshed() {
    return equals(FACTS);
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  ResourceDefinitionContext context() {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(isNamespaced)
        .build();
  }
}
