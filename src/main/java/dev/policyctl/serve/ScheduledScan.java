package dev.policyctl.serve;

import dev.policyctl.admission.World;
import dev.policyctl.cluster.ReportApi;
import dev.policyctl.cluster.ReportWriter;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.lint.UsedExceptions;
import dev.policyctl.policy.PolicySet;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Scans the cluster now and then, and soon after its policies or exceptions have changed; the
 * leader alone does.
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
  private final ExceptionWatch exceptions;
  private Optional<Rules> scannedWith = Optional.empty();

  /** What objects are judged by. */
  private record Rules(PolicySet policies, List<Exceptions.Scoped> accepted) {}

  ScheduledScan(
      ServiceOptions options, Sources sources, WatchedCluster cluster, ExceptionWatch exceptions) {
    this.options = options;
    this.sources = sources;
    this.cluster = cluster;
    this.exceptions = exceptions;
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
    // Taken first: what is accepted later is looked at by the next scan.
    List<Exceptions.Scoped> accepted = sources.knowledge().accepted();
    World world = sources.knowledge().get();
    Surroundings surroundings = world.surroundings();
    Rules rules = new Rules(surroundings.policies(), accepted);
    if (cluster.isLeader() && cluster.waitingFor().isEmpty() && isDue(rules)) {
      last = Optional.of(Instant.now());
      scannedWith = Optional.of(rules);
      scan(options.reports().orElseThrow(), world, accepted);
      // The next scan is far away, and the serial collector gives nothing back by itself.
      System.gc();
    }
  }

  private boolean isDue(Rules rules) {
    Duration interval = Duration.ofSeconds(options.scanInterval());
    boolean isLong = last.map(before -> before.plus(interval).isBefore(Instant.now())).orElse(true);
    return isLong || !scannedWith.equals(Optional.of(rules));
  }

  private void scan(ReportApi api, World world, List<Exceptions.Scoped> accepted) {
    UsedExceptions used = new UsedExceptions();
    ReportWriter.Result result =
        ReportWriter.run(
            cluster.client(),
            api,
            Clock.systemUTC(),
            Optional.of(world.cluster()),
            world.surroundings(),
            scanned -> used.add(scanned.result()));
    LOG.infof(
        "scanned: %d reports, %d written, %d removed, %d left out",
        result.reports(), result.written(), result.removed(), result.leftOut());
    result.problems().forEach(problem -> LOG.errorf("%s %s", problem.at(), problem.message()));
    exceptions.scanned(accepted, used, result.isWhole());
  }
}
