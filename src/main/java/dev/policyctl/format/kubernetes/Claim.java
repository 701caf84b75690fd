package dev.policyctl.format.kubernetes;

import dev.policyctl.model.Fact;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a volume: a PersistentVolumeClaim, the template of one, or a DataVolume, which
 * makes one of its own name.
 *
 * @param namespace empty where it is left to whoever applies it
 * @param metadata labels and annotations
 * @param spec with {@code storageClassName}, {@code volumeMode}, {@code volumeName}
 * @param completed CDI completes what the spec leaves out (a DataVolume's {@code storage})
 * @param virtual a disk of a machine: the default class for those goes before the general one
 * @param preferredClass what a KubeVirt preference says for want of {@code storageClassName}; an
 *     empty text when nothing
 */
record Claim(
    String namespace,
    String name,
    KubeNode metadata,
    KubeNode spec,
    boolean completed,
    boolean virtual,
    Fact<String> preferredClass) {

  private static final Fact<String> NO_CLASS = Fact.known("");

  static Claim of(KubeObject object) {
    return object.objectKind() == ObjectKind.DATA_VOLUME
        ? ofDataVolume(object.namespace(), object.name(), object.root(), NO_CLASS)
        : ofTemplate(object.namespace(), object.name(), object.root());
  }

  /**
   * @param template with {@code metadata} and {@code spec}
   */
  static Claim ofTemplate(String namespace, String name, KubeNode template) {
    return new Claim(
        namespace, name, template.get("metadata"), template.get("spec"), false, false, NO_CLASS);
  }

  static Claim ofDataVolume(
      String namespace, String name, KubeNode dataVolume, Fact<String> preferredClass) {
    KubeNode storage = dataVolume.at("spec", "storage");
    boolean completed = storage.isPresent();
    return new Claim(
        namespace,
        name,
        dataVolume.get("metadata"),
        completed ? storage : dataVolume.at("spec", "pvc"),
        completed,
        true,
        preferredClass);
  }

  /** Empty when it names none; an empty text when it wants none. */
  Optional<String> className() {
    KubeNode named = spec.get("storageClassName");
    if (named.kind() == KubeNode.Kind.STRING) {
      return Optional.of(named.text());
    }
    return preferredClass.ifKnown().filter(preferred -> !preferred.isEmpty());
  }

  String volumeName() {
    return spec.get("volumeName").text();
  }

  List<String> accessModes() {
    return spec.get("accessModes").items().stream().map(KubeNode::text).toList();
  }

  boolean isReadOnly() {
    List<String> modes = accessModes();
    return !modes.isEmpty() && modes.stream().allMatch("ReadOnlyMany"::equals);
  }

  /** {@code namespace/name}, or the name alone. */
  String id() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
