package dev.policyctl.serve;

import dev.policyctl.admission.World;
import dev.policyctl.cluster.ClusterScan;
import dev.policyctl.cluster.ClusterScan.Scanned;
import dev.policyctl.cluster.ReportWriter;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.lint.UsedExceptions;
import dev.policyctl.source.Problem;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Scans the cluster now and then, and soon after its policies or exceptions have changed. The
 * leader alone writes of it into the cluster; a scan of another replica is for its page. One thread
 * scans, so that many who ask cost one scan.
 */
@Singleton
final class ScheduledScan {
  private static final Logger LOG = Logger.getLogger("policyctl");
  private static final int LOOK_SECONDS = 5;

  private final ServiceOptions options;
  private final Sources sources;
  private final WatchedCluster cluster;
  private final ExceptionWatch exceptions;
  private final ScanPage page;
  private final ScanTimes times;
  private final Periodic periodic = new Periodic("policyctl-scan");

  /** What came of a scan. */
  private record Outcome(boolean isWhole, List<Problem> problems) {}

  ScheduledScan(
      ServiceOptions options,
      Sources sources,
      WatchedCluster cluster,
      ExceptionWatch exceptions,
      ScanPage page) {
    this.options = options;
    this.sources = sources;
    this.cluster = cluster;
    this.exceptions = exceptions;
    this.page = page;
    this.times = new ScanTimes(Duration.ofSeconds(options.scanInterval()));
  }

  void start(@Observes StartupEvent event) {
    if (options.cluster() && (options.reports().isPresent() || options.scanPage())) {
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
    ScanTimes.Rules rules = new ScanTimes.Rules(world.surroundings().policies(), accepted);
    boolean isLeader = cluster.isLeader();
    Instant now = Instant.now();
    if (cluster.waitingFor().isEmpty() && times.isDue(now, rules, isLeader, page.isWanted())) {
      times.begin(now, rules, isLeader);
      scan(world, accepted, isLeader, now);
      // The next scan is far away, and the serial collector gives nothing back by itself.
      System.gc();
    }
  }

  private void scan(World world, List<Exceptions.Scoped> accepted, boolean isLeader, Instant now) {
    UsedExceptions used = new UsedExceptions();
    Outcome outcome =
        isLeader && options.reports().isPresent()
            ? report(world, used, now)
            : show(world, used, now);
    outcome.problems().forEach(problem -> LOG.errorf("%s %s", problem.at(), problem.message()));
    if (isLeader) {
      exceptions.scanned(accepted, used, outcome.isWhole());
    }
  }

  private Outcome show(World world, UsedExceptions used, Instant now) {
    Optional<ScanPage.Draft> draft = draft(world, now);
    List<Problem> problems =
        ClusterScan.run(
            cluster.client(),
            Optional.of(world.cluster()),
            world.surroundings(),
            sink(used, draft));
    draft.ifPresent(it -> it.finish(problems));
    return new Outcome(problems.isEmpty(), problems);
  }

  private Outcome report(World world, UsedExceptions used, Instant now) {
    Optional<ScanPage.Draft> draft = draft(world, now);
    ReportWriter.Result result;
    try {
      result =
          ReportWriter.run(
              cluster.client(),
              options.reports().orElseThrow(),
              Clock.systemUTC(),
              Optional.of(world.cluster()),
              world.surroundings(),
              sink(used, draft));
    } catch (KubernetesClientException e) {
      // Reports may need what the cluster does not have; the page does not need them.
      LOG.errorf("no reports: %s", e.getMessage());
      return options.scanPage() ? show(world, used, now) : new Outcome(false, List.of());
    }
    draft.ifPresent(it -> it.finish(result.problems()));
    LOG.infof(
        "scanned: %d reports, %d written, %d removed, %d left out",
        result.reports(), result.written(), result.removed(), result.leftOut());
    return new Outcome(result.isWhole(), result.problems());
  }

  private Optional<ScanPage.Draft> draft(World world, Instant now) {
    return options.scanPage()
        ? Optional.of(page.begin(now, world.surroundings().policies().all()))
        : Optional.empty();
  }

  private static Consumer<Scanned> sink(UsedExceptions used, Optional<ScanPage.Draft> draft) {
    return scanned -> {
      used.add(scanned.result());
      draft.ifPresent(it -> it.take(scanned));
    };
  }
}
