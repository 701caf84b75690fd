package dev.policyctl.serve;

import dev.policyctl.admission.World;
import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.PolicySet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the service knows at the moment. Its parts are replaced as they change; reviews read the
 * whole without waiting.
 */
final class Knowledge implements Supplier<World> {
  private PolicySet policies;
  private Collection<HostFacts> facts = List.of();
  private Cluster cluster = Cluster.of(List.of());
  private volatile World world;

  Knowledge(PolicySet policies) {
    this.policies = policies;
    this.world = build();
  }

  @Override
  public World get() {
    return world;
  }

  synchronized void setPolicies(PolicySet changed) {
    policies = changed;
    world = build();
  }

  synchronized void setFacts(Collection<HostFacts> changed) {
    facts = List.copyOf(changed);
    world = build();
  }

  synchronized void setCluster(Cluster changed) {
    cluster = changed;
    world = build();
  }

  private World build() {
    return new World(
        new Surroundings(StorageCatalog.NONE, facts, Optional.empty(), policies), cluster);
  }
}
