package dev.policyctl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.format.kubernetes.JsonKubeNode;
import dev.policyctl.format.kubernetes.KubeObject;
import dev.policyctl.source.SourceText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Objects of a cluster as the rest of the program reads them. */
final class Objects {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of a machine the status has disks that were plugged in, and its node. */
  private static final Set<String> WITH_STATUS =
      Set.of("StorageProfile", "VirtualMachine", "VirtualMachineInstance");

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private static final Map<String, Set<String>> UNASKED =
      Map.of(
          "PersistentVolume", Set.of("capacity", "persistentVolumeReclaimPolicy"),
          "PersistentVolumeClaim", Set.of("resources", "dataSource", "dataSourceRef"),
          "DataVolume", Set.of("source", "sourceRef", "checkpoints"));

  private static final Set<String> CONTROLLERS_NOTES =
      Set.of(
          "pv.kubernetes.io/bind-completed",
          "pv.kubernetes.io/bound-by-controller",
          "pv.kubernetes.io/provisioned-by",
          "volume.beta.kubernetes.io/storage-provisioner",
          "volume.kubernetes.io/storage-provisioner",
          "volume.kubernetes.io/selected-node",
          "volume.kubernetes.io/provisioner-deletion-secret-name",
          "volume.kubernetes.io/provisioner-deletion-secret-namespace");

  /** Longer than any that says something about storage; an object may have 256 KiB of them. */
  private static final int MAX_ANNOTATION = 4096;

  private Objects() {}

  /** As it is kept in memory. */
  static Optional<KubeObject> reference(GenericKubernetesResource resource) {
    ObjectNode object = lean(json(resource), resource.getKind());
    leaner(object, resource.getKind());
    return KubeObject.inCluster(new JsonKubeNode(object)).map(KubeObject::packed);
  }

  /** Without what no other object asks of one that it refers to. */
  private static void leaner(ObjectNode object, String kind) {
    if (object.get("spec") instanceof ObjectNode spec) {
      spec.remove(UNASKED.getOrDefault(kind, Set.of()));
      if (spec.get("claimRef") instanceof ObjectNode claim) {
        claim.retain("namespace", "name");
      }
    }
    if (object.at("/metadata/annotations") instanceof ObjectNode annotations) {
      annotations.remove(CONTROLLERS_NOTES);
      annotations.properties().removeIf(it -> it.getValue().asText().length() > MAX_ANNOTATION);
    }
  }

  /** The object without what says nothing about storage and is often the larger part of it. */
  static ObjectNode lean(ObjectNode object, String kind) {
    if (!WITH_STATUS.contains(kind)) {
      object.remove("status");
    }
    if (object.get("metadata") instanceof ObjectNode metadata) {
      metadata.retain("name", "namespace", "annotations", "labels");
      if (metadata.get("annotations") instanceof ObjectNode annotations) {
        annotations.remove(LAST_APPLIED);
      }
    }
    return object;
  }

  static ObjectNode json(HasMetadata resource) {
    return JSON.valueToTree(resource);
  }

  /** One of our own documents as its author wrote it: what the API server added is left out. */
  static SourceText document(GenericKubernetesResource resource) {
    ObjectNode document = JSON.createObjectNode();
    document.put("apiVersion", resource.getApiVersion()).put("kind", resource.getKind());
    document.putObject("metadata").put("name", resource.getMetadata().getName());
    JsonNode spec = json(resource).path("spec");
    document.set("spec", spec.isMissingNode() ? JSON.createObjectNode() : spec);
    String name = resource.getKind() + "/" + resource.getMetadata().getName();
    return SourceText.of(name, document.toPrettyString() + "\n");
  }
}
