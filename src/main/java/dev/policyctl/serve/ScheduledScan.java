package dev.policyctl.serve;

import dev.policyctl.cluster.ReportApi;
import dev.policyctl.cluster.ReportWriter;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.policy.PolicySet;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Scans the cluster now and then, and soon after its policies have changed; the leader alone does.
 */
@Singleton
final class ScheduledScan {
  private static final Logger LOG = Logger.getLogger("policyctl");
  private static final int LOOK_SECONDS = 10;

  private final ServiceOptions options;
  private final Sources sources;
  private final WatchedCluster cluster;
  private final Periodic periodic = new Periodic("policyctl-scan");
  private Optional<Instant> last = Optional.empty();
  private Optional<PolicySet> scannedWith = Optional.empty();

  ScheduledScan(ServiceOptions options, Sources sources, WatchedCluster cluster) {
    this.options = options;
    this.sources = sources;
    this.cluster = cluster;
  }

  void start(@Observes StartupEvent event) {
    if (options.cluster() && options.reports().isPresent()) {
      periodic.start(LOOK_SECONDS, TimeUnit.SECONDS, this::look);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    periodic.stop();
  }

  private void look() {
    Surroundings surroundings = sources.knowledge().get().surroundings();
    if (cluster.isLeader() && cluster.waitingFor().isEmpty() && isDue(surroundings)) {
      last = Optional.of(Instant.now());
      scannedWith = Optional.of(surroundings.policies());
      scan(options.reports().orElseThrow(), surroundings);
    }
  }

  private boolean isDue(Surroundings surroundings) {
    Duration interval = Duration.ofSeconds(options.scanInterval());
    boolean isLong = last.map(before -> before.plus(interval).isBefore(Instant.now())).orElse(true);
    boolean isOther = !scannedWith.equals(Optional.of(surroundings.policies()));
    return isLong || isOther;
  }

  private void scan(ReportApi api, Surroundings surroundings) {
    ReportWriter.Result result =
        ReportWriter.run(cluster.client(), api, Clock.systemUTC(), surroundings, scanned -> {});
    LOG.infof(
        "scanned: %d reports, %d written, %d removed, %d left out",
        result.reports(), result.written(), result.removed(), result.leftOut());
    result.problems().forEach(problem -> LOG.errorf("%s %s", problem.at(), problem.message()));
  }
}
