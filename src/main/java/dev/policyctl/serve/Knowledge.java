package dev.policyctl.serve;

import dev.policyctl.admission.World;
import dev.policyctl.cluster.ClusterMemory;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.exception.StoragePolicyException;
import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.CheckedPolicy;
import dev.policyctl.policy.PolicySet;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the service knows at the moment. Its parts are replaced as they change; reviews read the
 * whole without waiting. What the cluster says comes before what files say, and both before what is
 * bundled.
 */
final class Knowledge implements Supplier<World>, ClusterMemory.Listener {
  private PolicySet filePolicies;
  private Collection<HostFacts> fileFacts = List.of();
  private Collection<Exceptions.Scoped> fileExceptions = List.of();
  private Collection<CheckedPolicy> clusterPolicies = List.of();
  private Collection<HostFacts> clusterFacts = List.of();
  private Collection<StoragePolicyException> clusterExceptions = List.of();
  private Cluster cluster = Cluster.of(List.of());
  private volatile int broken;
  private volatile World world;

  /**
   * @param policies the bundled ones
   */
  Knowledge(PolicySet policies) {
    this.filePolicies = policies;
    this.world = build();
  }

  @Override
  public World get() {
    return world;
  }

  /** All that is accepted at the moment, those of the cluster last. */
  synchronized List<Exceptions.Scoped> accepted() {
    List<Exceptions.Scoped> accepted = new ArrayList<>(fileExceptions);
    clusterExceptions.forEach(it -> accepted.add(new Exceptions.Scoped(it, "")));
    return accepted;
  }

  /** How many of the cluster's policies are broken at the moment. */
  int broken() {
    return broken;
  }

  synchronized void setFiles(
      PolicySet policies, Collection<HostFacts> facts, Collection<Exceptions.Scoped> exceptions) {
    fileExceptions = List.copyOf(exceptions);
    filePolicies = policies;
    fileFacts = List.copyOf(facts);
    world = build();
  }

  synchronized void setCluster(Cluster watched) {
    cluster = watched;
    world = build();
  }

  @Override
  public synchronized void policies(Collection<CheckedPolicy> good, int brokenOnes) {
    clusterPolicies = good;
    broken = brokenOnes;
    world = build();
  }

  @Override
  public synchronized void facts(Collection<HostFacts> hosts) {
    clusterFacts = hosts;
    world = build();
  }

  @Override
  public synchronized void exceptions(Collection<StoragePolicyException> accepted) {
    clusterExceptions = accepted;
    world = build();
  }

  private synchronized World build() {
    Map<String, HostFacts> hosts = new LinkedHashMap<>();
    fileFacts.forEach(facts -> hosts.put(facts.name(), facts));
    clusterFacts.forEach(facts -> hosts.put(facts.name(), facts));
    PolicySet policies =
        clusterPolicies.isEmpty() ? filePolicies : filePolicies.with(clusterPolicies);
    Surroundings surroundings =
        new Surroundings(StorageCatalog.NONE, hosts.values(), Optional.empty(), policies);
    // Whoever makes an object is not the one who exempts it: its annotations are not obeyed.
    List<Exceptions.Scoped> accepted = accepted();
    Exceptions exceptions =
        new Exceptions(accepted, Optional.empty(), false, () -> LocalDate.now(ZoneOffset.UTC));
    return new World(
        accepted.isEmpty() ? surroundings : surroundings.withExceptions(exceptions), cluster);
  }
}
