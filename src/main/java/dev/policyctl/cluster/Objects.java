package dev.policyctl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.format.kubernetes.JsonKubeNode;
import dev.policyctl.format.kubernetes.KubeObject;
import dev.policyctl.source.SourceText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.Set;

/** Objects of a cluster as the rest of the program reads them. */
final class Objects {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of a machine the status has disks that were plugged in, and its node. */
  private static final Set<String> WITH_STATUS =
      Set.of("StorageProfile", "VirtualMachine", "VirtualMachineInstance");

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private Objects() {}

  /** As it is kept in memory. */
  static Optional<KubeObject> reference(GenericKubernetesResource resource) {
    ObjectNode object = lean(json(resource), resource.getKind());
    return KubeObject.inCluster(new JsonKubeNode(object)).map(KubeObject::packed);
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
