package dev.policyctl.cluster;

import dev.policyctl.exception.ExceptionReader;
import dev.policyctl.exception.StoragePolicyException;
import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.model.HostFacts;
import dev.policyctl.policy.CheckedPolicy;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.PolicyCompiler;
import dev.policyctl.policy.PolicyReader;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * What is remembered of a cluster, kept up to date by watches. Reading it never waits, and goes on
 * when the API server is gone: the memory then grows old, and says so. Lost watches are taken up
 * again, with a list where they must be.
 */
public final class ClusterMemory implements AutoCloseable {
  /** Long enough for a list to arrive as a whole, short enough for whoever edits a policy. */
  private static final Duration GATHERING = Duration.ofMillis(100);

  private static final int CONTACT_SECONDS = 5;

  private final KubernetesClient client;
  private final Clock clock;
  private final Cluster cluster = Cluster.of(List.of());
  private final ScheduledExecutorService publishing = worker("policyctl-memory");
  private final ScheduledExecutorService writing = worker("policyctl-status");
  private final ScheduledExecutorService asking = worker("policyctl-contact");
  private final StatusWriter statuses;
  private final Documents<CheckedPolicy> policies;
  private final Documents<HostFacts> facts;
  private final Documents<StoragePolicyException> exceptions;
  private final Soon publishPolicies;
  private final Soon publishFacts;
  private final Soon publishExceptions;
  private final PolicyCompiler compiler = new PolicyCompiler();
  private final Listener listener;
  private final KindWatch policyWatch;
  private final KindWatch factsWatch;
  private final KindWatch exceptionsWatch;
  private final List<KindWatch> watches = new ArrayList<>();

  /** Hears what has changed, off the path of reviews, one call at a time. */
  public interface Listener {
    /**
     * @param good the policies of the cluster, of a broken one its last good version
     * @param broken how many are broken at the moment
     */
    void policies(Collection<CheckedPolicy> good, int broken);

    void facts(Collection<HostFacts> hosts);

    void exceptions(Collection<StoragePolicyException> accepted);
  }

  private ClusterMemory(
      KubernetesClient client, Clock clock, Listener listener, BooleanSupplier isLeader) {
    this.client = client;
    this.clock = clock;
    this.statuses = new StatusWriter(client, clock, isLeader, writing);
    this.listener = listener;
    this.publishPolicies = new Soon(publishing, this::tellPolicies);
    this.publishFacts = new Soon(publishing, this::tellFacts);
    this.publishExceptions = new Soon(publishing, this::tellExceptions);
    this.policies =
        new Documents<>(
            WatchedKind.POLICIES, this::readPolicy, statuses, () -> publishPolicies.ask(GATHERING));
    this.facts =
        new Documents<>(
            WatchedKind.FACTS,
            ClusterMemory::readFacts,
            statuses,
            () -> publishFacts.ask(GATHERING));
    this.exceptions =
        new Documents<>(
            WatchedKind.EXCEPTIONS,
            ClusterMemory::readException,
            statuses,
            () -> publishExceptions.ask(GATHERING));
    this.policyWatch =
        new KindWatch(
            client, WatchedKind.POLICIES, policies, watch -> publishPolicies.ask(Duration.ZERO));
    this.factsWatch =
        new KindWatch(client, WatchedKind.FACTS, facts, watch -> publishFacts.ask(Duration.ZERO));
    this.exceptionsWatch =
        new KindWatch(
            client,
            WatchedKind.EXCEPTIONS,
            exceptions,
            watch -> publishExceptions.ask(Duration.ZERO));
    watches.add(policyWatch);
    watches.add(factsWatch);
    watches.add(exceptionsWatch);
    for (WatchedKind kind : WatchedKind.REFERENCES) {
      watches.add(new KindWatch(client, kind, new References(cluster), KindWatch::taken));
    }
  }

  private static ScheduledExecutorService worker(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Begins to watch and returns at once.
   *
   * @param isLeader whether this process, of several, is the one to write what it found
   */
  public static ClusterMemory start(
      KubernetesClient client, Clock clock, Listener listener, BooleanSupplier isLeader) {
    ClusterMemory memory = new ClusterMemory(client, clock, listener, isLeader);
    memory.watches.forEach(KindWatch::start);
    var unused =
        memory.asking.scheduleWithFixedDelay(memory::look, 0, CONTACT_SECONDS, TimeUnit.SECONDS);
    return memory;
  }

  private void tellPolicies() {
    boolean isWhole = policyWatch.isListed();
    listener.policies(policies.values(), policies.broken());
    if (isWhole) {
      policyWatch.taken();
    }
  }

  private void tellFacts() {
    boolean isWhole = factsWatch.isListed();
    listener.facts(facts.values());
    if (isWhole) {
      factsWatch.taken();
    }
  }

  private void tellExceptions() {
    boolean isWhole = exceptionsWatch.isListed();
    listener.exceptions(exceptions.values());
    if (isWhole) {
      exceptionsWatch.taken();
    }
  }

  private Documents.Read<CheckedPolicy> readPolicy(SourceText text) {
    PolicyReader.Result read = PolicyReader.read(text);
    List<Problem> problems = new ArrayList<>(read.problems());
    Optional<CheckedPolicy> checked = Optional.empty();
    for (Policy policy : read.policies()) {
      PolicyCompiler.Result result = compiler.compile(policy);
      problems.addAll(result.problems());
      checked = result.policy();
    }
    return new Documents.Read<>(problems.isEmpty() ? checked : Optional.empty(), problems);
  }

  private static Documents.Read<HostFacts> readFacts(SourceText text) {
    HostFactsReader.Result read = HostFactsReader.read(text);
    boolean isRight = read.problems().isEmpty();
    return new Documents.Read<>(
        isRight ? read.hosts().stream().findFirst() : Optional.empty(), read.problems());
  }

  static Documents.Read<StoragePolicyException> readException(SourceText text) {
    ExceptionReader.Result read = ExceptionReader.read(text);
    boolean isRight = read.problems().isEmpty();
    return new Documents.Read<>(
        isRight ? read.exceptions().stream().findFirst() : Optional.empty(), read.problems());
  }

  /** A connection that is half dead keeps a watch open: it counts while the server answers. */
  private void look() {
    try {
      client.getKubernetesVersion();
    } catch (KubernetesClientException e) {
      return;
    }
    Instant now = clock.instant();
    watches.forEach(watch -> watch.look(now));
  }

  /** What is watched, by the names that requests use. */
  public static List<String> kinds() {
    return Stream.concat(
            Stream.of(WatchedKind.POLICIES, WatchedKind.FACTS, WatchedKind.EXCEPTIONS),
            WatchedKind.REFERENCES.stream())
        .map(WatchedKind::plural)
        .toList();
  }

  /** The objects that reviews look up; it changes as the cluster does. */
  public Cluster cluster() {
    return cluster;
  }

  /** Whether all that the cluster has was listed once and is in use. */
  public boolean isSynced() {
    return waitingFor().isEmpty();
  }

  /** The kinds that the cluster has, as far as is known, and that are not in use yet. */
  public List<String> waitingFor() {
    return watches.stream()
        .filter(watch -> !watch.isSettled())
        .map(watch -> watch.kind().plural())
        .toList();
  }

  /**
   * How long ago each kind was last seen to be watched while the API server answered, which is
   * looked at every {@value #CONTACT_SECONDS} seconds. A kind that the cluster does not have is not
   * among them.
   */
  public Map<String, Duration> ages() {
    Instant now = clock.instant();
    Map<String, Duration> ages = new LinkedHashMap<>();
    for (KindWatch watch : watches) {
      watch.age(now).ifPresent(age -> ages.put(watch.kind().plural(), age));
    }
    return ages;
  }

  /** Writes what was found into the status of documents: of use when this became the leader. */
  public void writeStatus() {
    statuses.tryNow();
  }

  @Override
  public void close() {
    List.of(publishing, writing, asking).forEach(ScheduledExecutorService::shutdownNow);
    watches.forEach(KindWatch::close);
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
