package dev.policyctl.cluster;

import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.model.HostFacts;
import dev.policyctl.policy.CheckedPolicy;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * What is remembered of a cluster, kept up to date by watches. Reading it never waits, and goes on
 * when the API server is gone: the memory then grows old, and says so. Lost watches are taken up
 * again, with a list where they must be.
 */
public final class ClusterMemory implements AutoCloseable {
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final Clock clock;
  private final Cluster cluster = Cluster.of(List.of());
  private final PolicyMemory policies;
  private final FactsMemory facts;
  private final Map<WatchedKind, SharedIndexInformer<GenericKubernetesResource>> informers =
      new LinkedHashMap<>();
  private final Map<WatchedKind, Instant> lastContact = new ConcurrentHashMap<>();

  /** Hears what has changed, off the path of reviews. */
  public interface Listener {
    /**
     * @param good the policies of the cluster, of a broken one its last good version
     * @param broken how many are broken at the moment
     */
    void policies(Collection<CheckedPolicy> good, int broken);

    void facts(Collection<HostFacts> hosts);
  }

  private ClusterMemory(
      KubernetesClient client, Clock clock, Listener listener, BooleanSupplier isLeader) {
    this.client = client;
    this.clock = clock;
    this.policies = new PolicyMemory(client, clock, isLeader, listener);
    this.facts = new FactsMemory(listener);
  }

  /**
   * Begins to watch and returns at once.
   *
   * @param isLeader whether this process, of several, is the one to write what it found
   */
  public static ClusterMemory start(
      KubernetesClient client, Clock clock, Listener listener, BooleanSupplier isLeader) {
    ClusterMemory memory = new ClusterMemory(client, clock, listener, isLeader);
    memory.watch(WatchedKind.POLICIES, memory.policies);
    memory.watch(WatchedKind.FACTS, memory.facts);
    WatchedKind.REFERENCES.forEach(kind -> memory.watch(kind, new References(memory.cluster)));
    return memory;
  }

  /** What is watched, by the names that requests use. */
  public static List<String> kinds() {
    List<String> kinds =
        new ArrayList<>(List.of(WatchedKind.POLICIES.plural(), WatchedKind.FACTS.plural()));
    WatchedKind.REFERENCES.forEach(kind -> kinds.add(kind.plural()));
    return kinds;
  }

  private void watch(WatchedKind kind, ResourceEventHandler<GenericKubernetesResource> handler) {
    SharedIndexInformer<GenericKubernetesResource> informer =
        client
            .genericKubernetesResources(kind.context())
            .inAnyNamespace()
            .withLimit(PAGE)
            .runnableInformer(0);
    informer
        .itemStore(new LeanStore())
        .exceptionHandler((isStarted, failure) -> true)
        .addEventHandler(handler)
        .start();
    informers.put(kind, informer);
  }

  /** The objects that reviews look up; it changes as the cluster does. */
  public Cluster cluster() {
    return cluster;
  }

  /** Whether all that every cluster has was listed once. */
  public boolean isSynced() {
    return informers.entrySet().stream()
        .filter(entry -> entry.getKey().isAlwaysThere())
        .allMatch(entry -> entry.getValue().hasSynced());
  }

  /** The kinds that every cluster has and that were not listed yet. */
  public List<String> waitingFor() {
    List<String> waiting = new ArrayList<>();
    informers.forEach(
        (kind, informer) -> {
          if (kind.isAlwaysThere() && !informer.hasSynced()) {
            waiting.add(kind.plural());
          }
        });
    return waiting;
  }

  /**
   * How old the memory of each kind is: zero while it is watched, else the time since it was last
   * seen to be. A kind that the cluster does not have is not among them.
   */
  public Map<String, Duration> ages() {
    Instant now = clock.instant();
    Map<String, Duration> ages = new LinkedHashMap<>();
    informers.forEach(
        (kind, informer) -> {
          if (informer.isWatching()) {
            lastContact.put(kind, now);
          }
          Instant last = lastContact.get(kind);
          if (last != null) {
            ages.put(kind.plural(), Duration.between(last, now));
          }
        });
    return ages;
  }

  /** Writes what was found into the status of the policies: of use when this became the leader. */
  public void writeStatus() {
    policies.writeStatus();
  }

  @Override
  public void close() {
    informers.values().forEach(SharedIndexInformer::close);
  }

  /** Keeps what reviews look up. */
  private record References(Cluster cluster)
      implements ResourceEventHandler<GenericKubernetesResource> {
    @Override
    public void onAdd(GenericKubernetesResource added) {
      Objects.reference(added).ifPresent(cluster::put);
    }

    @Override
    public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource changed) {
      onAdd(changed);
    }

    @Override
    public void onDelete(GenericKubernetesResource gone, boolean isOnlyLastKnown) {
      Objects.reference(gone).ifPresent(cluster::remove);
    }
  }
}
