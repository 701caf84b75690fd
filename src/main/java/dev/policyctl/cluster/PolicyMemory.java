package dev.policyctl.cluster;

import dev.policyctl.policy.CheckedPolicy;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.PolicyCompiler;
import dev.policyctl.policy.PolicyReader;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The policies of a cluster, compiled as they come. Of one that has become broken the last good
 * version goes on; its status tells what is wrong.
 */
final class PolicyMemory implements ResourceEventHandler<GenericKubernetesResource> {
  private final BooleanSupplier isLeader;
  private final ClusterMemory.Listener listener;
  private final PolicyStatus status;
  private final PolicyCompiler compiler = new PolicyCompiler();
  private final Map<String, CheckedPolicy> good = new TreeMap<>();
  private final Map<String, PolicyStatus.Condition> conditions = new TreeMap<>();

  PolicyMemory(
      KubernetesClient client,
      Clock clock,
      BooleanSupplier isLeader,
      ClusterMemory.Listener listener) {
    this.isLeader = isLeader;
    this.listener = listener;
    this.status = new PolicyStatus(client, clock);
  }

  @Override
  public synchronized void onAdd(GenericKubernetesResource added) {
    String name = added.getMetadata().getName();
    PolicyStatus.Condition condition = take(added, Objects.document(added));
    PolicyStatus.Condition before = conditions.put(name, condition);
    if (isLeader.getAsBoolean() && !condition.isIn(added) && !condition.equals(before)) {
      status.write(name, condition);
    }
    tell();
  }

  private PolicyStatus.Condition take(GenericKubernetesResource resource, SourceText text) {
    Long generation = resource.getMetadata().getGeneration();
    PolicyReader.Result read = PolicyReader.read(text);
    List<Problem> problems = new ArrayList<>(read.problems());
    for (Policy policy : read.policies()) {
      PolicyCompiler.Result result = compiler.compile(policy);
      problems.addAll(result.problems());
      Optional<CheckedPolicy> checked = result.policy();
      if (problems.isEmpty() && checked.isPresent()) {
        good.put(resource.getMetadata().getName(), checked.get());
      }
    }
    return PolicyStatus.Condition.of(
        problems.stream().map(text::quote).toList(), generation == null ? 0 : generation);
  }

  @Override
  public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource changed) {
    onAdd(changed);
  }

  @Override
  public synchronized void onDelete(GenericKubernetesResource gone, boolean isOnlyLastKnown) {
    good.remove(gone.getMetadata().getName());
    conditions.remove(gone.getMetadata().getName());
    tell();
  }

  synchronized void writeStatus() {
    conditions.forEach(status::write);
  }

  private void tell() {
    int broken = (int) conditions.values().stream().filter(it -> !it.isReady()).count();
    listener.policies(List.copyOf(good.values()), broken);
  }
}
