package dev.policyctl.serve;

import dev.policyctl.admission.Outcome;
import dev.policyctl.admission.Review;
import dev.policyctl.cluster.ClusterMemory;
import dev.policyctl.cluster.EventWriter;
import dev.policyctl.cluster.Leadership;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.File;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The connection to the cluster, from the service's start to its end, unless it has none. */
@Singleton
final class WatchedCluster {
  private static final double MILLIS = 1000.0;

  private final ServiceOptions options;
  private final Sources sources;
  private final MeterRegistry registry;
  private Optional<KubernetesClient> client = Optional.empty();
  private volatile Optional<ClusterMemory> memory = Optional.empty();
  private volatile Optional<EventWriter> events = Optional.empty();
  private volatile Optional<Leadership> leadership = Optional.empty();

  WatchedCluster(ServiceOptions options, Sources sources, MeterRegistry registry) {
    this.options = options;
    this.sources = sources;
    this.registry = registry;
  }

  void start(@Observes StartupEvent event) {
    if (options.cluster()) {
      watch(client());
    }
  }

  /** Writes an event for a refusal, where that is wanted and it is no dry run. */
  void reviewed(Review review, Outcome outcome) {
    if (!outcome.isAllowed() && !review.dryRun()) {
      events.ifPresent(
          writer ->
              writer.refused(
                  new EventWriter.Refusal(
                      review.apiVersion(),
                      review.kind(),
                      review.namespace(),
                      review.name(),
                      outcome.denying().get(0).message())));
    }
  }

  /** The connection, made when it is first asked for. */
  synchronized KubernetesClient client() {
    if (client.isEmpty()) {
      client = Optional.of(connect());
    }
    return client.get();
  }

  /** Where this service runs. */
  String namespace() {
    return options
        .namespace()
        .orElse(Optional.ofNullable(client().getNamespace()).orElse("default"));
  }

  private KubernetesClient connect() {
    Config config =
        options
            .kubeconfig()
            .map(file -> Config.fromKubeconfig(new File(file)))
            .orElseGet(() -> Config.autoConfigure(null));
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private void watch(KubernetesClient connected) {
    ClusterMemory watched =
        ClusterMemory.start(connected, Clock.systemUTC(), sources.knowledge(), this::isLeader);
    memory = Optional.of(watched);
    sources.knowledge().setCluster(watched.cluster());
    String pod = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("policyctl");
    leadership =
        Optional.of(
            Leadership.seek(
                connected, namespace(), pod + "-" + UUID.randomUUID(), watched::writeStatus));
    if (options.events()) {
      events = Optional.of(new EventWriter(connected, Clock.systemUTC(), pod));
    }
    for (String kind : ClusterMemory.kinds()) {
      Gauge.builder("policyctl.memory.age", () -> ageInSeconds(kind))
          .description(
              "since a kind was last seen to be watched while the API server answered; NaN where the"
                  + " cluster has no such kind")
          .baseUnit("seconds")
          .tag("kind", kind)
          .register(registry);
    }
    Gauge.builder("policyctl.leader", () -> isLeader() ? 1 : 0)
        .description("whether this process writes statuses and reports")
        .register(registry);
  }

  boolean isLeader() {
    return leadership.map(Leadership::isLeader).orElse(false);
  }

  private double ageInSeconds(String kind) {
    Duration age = memory.map(ClusterMemory::ages).map(ages -> ages.get(kind)).orElse(null);
    return age == null ? Double.NaN : age.toMillis() / MILLIS;
  }

  /** The kinds that were not listed yet; none where no cluster is watched. */
  List<String> waitingFor() {
    return memory
        .map(ClusterMemory::waitingFor)
        .orElseGet(() -> options.cluster() ? List.of("the API server") : List.of());
  }

  /** The longest time that a watch is lost; zero where none is. */
  Duration age() {
    return memory.stream()
        .flatMap(watched -> watched.ages().values().stream())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  void stop(@Observes ShutdownEvent event) {
    events.ifPresent(EventWriter::close);
    leadership.ifPresent(Leadership::close);
    memory.ifPresent(ClusterMemory::close);
    client.ifPresent(KubernetesClient::close);
  }
}
