package dev.policyctl.format.kubernetes;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The nodes that an object is restricted to, by name. */
final class NodeAffinity {
  private static final String HOSTNAME = "kubernetes.io/hostname";

  private NodeAffinity() {}

  /** The one node of a PersistentVolume; empty when there may be several. */
  static Optional<String> ofVolume(KubeObject volume, Drivers drivers) {
    return single(terms(volume.spec().at("nodeAffinity", "required"), drivers));
  }

  /** The one node of a pod or a machine; empty when there may be several. */
  static Optional<String> ofSpec(KubeNode spec, Drivers drivers) {
    String name = spec.get("nodeName").text();
    String selected = spec.get("nodeSelector").get(HOSTNAME).text();
    if (!name.isEmpty() || !selected.isEmpty()) {
      return Optional.of(name.isEmpty() ? selected : name);
    }
    return single(
        terms(
            spec.at("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"),
            drivers));
  }

  /** The nodes of a StorageClass; empty when it may be used on every one. */
  static List<String> ofClass(KubeObject storageClass, Drivers drivers) {
    Set<String> nodes = new LinkedHashSet<>();
    for (KubeNode topology : storageClass.root().get("allowedTopologies").items()) {
      Set<String> term = values(topology.get("matchLabelExpressions"), drivers);
      if (term.isEmpty()) {
        return List.of();
      }
      nodes.addAll(term);
    }
    return List.copyOf(nodes);
  }

  /** Terms are alternatives: one that names no node admits all of them. */
  private static Set<String> terms(KubeNode required, Drivers drivers) {
    Set<String> nodes = new LinkedHashSet<>();
    for (KubeNode term : required.get("nodeSelectorTerms").items()) {
      Set<String> named = values(term.get("matchExpressions"), drivers);
      named.addAll(values(term.get("matchFields"), drivers));
      if (named.isEmpty()) {
        return Set.of();
      }
      nodes.addAll(named);
    }
    return nodes;
  }

  private static Set<String> values(KubeNode expressions, Drivers drivers) {
    Set<String> values = new LinkedHashSet<>();
    for (KubeNode expression : expressions.items()) {
      String key = expression.get("key").text();
      String operator = expression.get("operator").text();
      boolean names = key.equals("metadata.name") || drivers.isNodeLabel(key);
      if (names && (operator.isEmpty() || operator.equals("In"))) {
        expression.get("values").items().forEach(value -> values.add(value.text()));
      }
    }
    return values;
  }

  private static Optional<String> single(Set<String> nodes) {
    return nodes.size() == 1 ? Optional.of(nodes.iterator().next()) : Optional.empty();
  }
}
