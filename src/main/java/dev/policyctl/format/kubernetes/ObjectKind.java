package dev.policyctl.format.kubernetes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds of objects that say something about storage; every other kind is passed over. */
enum ObjectKind {
  CLAIM("", "PersistentVolumeClaim"),
  VOLUME("", "PersistentVolume"),
  STORAGE_CLASS("storage.k8s.io", "StorageClass"),
  CONFIG_MAP("", "ConfigMap"),
  DATA_VOLUME("cdi.kubevirt.io", "DataVolume"),
  STORAGE_PROFILE("cdi.kubevirt.io", "StorageProfile"),
  CLUSTER_PREFERENCE("instancetype.kubevirt.io", "VirtualMachineClusterPreference"),
  PREFERENCE("instancetype.kubevirt.io", "VirtualMachinePreference"),

  POD("", "Pod", Template.POD, ""),
  REPLICATION_CONTROLLER("", "ReplicationController", Template.POD, "spec.template"),
  DEPLOYMENT("apps", "Deployment", Template.POD, "spec.template"),
  STATEFUL_SET("apps", "StatefulSet", Template.POD, "spec.template"),
  DAEMON_SET("apps", "DaemonSet", Template.POD, "spec.template"),
  REPLICA_SET("apps", "ReplicaSet", Template.POD, "spec.template"),
  JOB("batch", "Job", Template.POD, "spec.template"),
  CRON_JOB("batch", "CronJob", Template.POD, "spec.jobTemplate.spec.template"),

  MACHINE("kubevirt.io", "VirtualMachine", Template.MACHINE, "spec.template"),
  MACHINE_INSTANCE("kubevirt.io", "VirtualMachineInstance", Template.MACHINE, ""),
  MACHINE_REPLICA_SET(
      "kubevirt.io", "VirtualMachineInstanceReplicaSet", Template.MACHINE, "spec.template"),
  MACHINE_POOL(
      "pool.kubevirt.io",
      "VirtualMachinePool",
      Template.MACHINE,
      "spec.virtualMachineTemplate.spec.template");

  /** What an object makes, if it makes something that has volumes. */
  enum Template {
    NONE,
    POD,
    MACHINE
  }

  private static final Map<String, ObjectKind> BY_NAME = new HashMap<>();
  private static final Set<String> WORDS = new HashSet<>();

  static {
    for (ObjectKind kind : values()) {
      BY_NAME.put(kind.group + "/" + kind.word, kind);
      WORDS.add(kind.word);
    }
  }

  private final String group;
  private final String word;
  private final Template template;

  private final String templatePath;

  ObjectKind(String group, String word) {
    this(group, word, Template.NONE, "");
  }

  ObjectKind(String group, String word, Template template, String templatePath) {
    this.group = group;
    this.word = word;
    this.template = template;
    this.templatePath = templatePath;
  }

  /**
   * @param apiVersion any version of the group: {@code apps/v1}
   */
  static Optional<ObjectKind> of(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return Optional.ofNullable(BY_NAME.get(group + "/" + kind));
  }

  /** Whether a kind of any group has this name. */
  static boolean isKnown(String kind) {
    return WORDS.contains(kind);
  }

  /** Of any version; empty for the core group. */
  String group() {
    return group;
  }

  /** As {@code kind:} says it. */
  String word() {
    return word;
  }

  Template template() {
    return template;
  }

  /** The mapping with {@code metadata} and {@code spec} of what it makes. */
  KubeNode templateIn(KubeNode object) {
    KubeNode node = object;
    for (int from = 0; from < templatePath.length(); ) {
      int dot = templatePath.indexOf('.', from);
      int to = dot < 0 ? templatePath.length() : dot;
      node = node.get(templatePath.substring(from, to));
      from = to + 1;
    }
    return node;
  }
}
