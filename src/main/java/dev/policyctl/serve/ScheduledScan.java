package dev.policyctl.serve;

import dev.policyctl.cluster.ClusterScan;
import dev.policyctl.cluster.ReportApi;
import dev.policyctl.cluster.ReportWriter;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.policy.PolicySet;
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
import org.jboss.logging.Logger;

/**
 * Scans the cluster now and then, and soon after its policies have changed. The leader alone writes
 * reports; a scan of another replica is for its page. One thread scans, so that many who ask cost
 * one scan.
 */
@Singleton
final class ScheduledScan {
  private static final Logger LOG = Logger.getLogger("policyctl");
  private static final int LOOK_SECONDS = 5;

  private final ServiceOptions options;
  private final Sources sources;
  private final WatchedCluster cluster;
  private final ScanPage page;
  private final ScanTimes times;
  private final Periodic periodic = new Periodic("policyctl-scan");

  ScheduledScan(ServiceOptions options, Sources sources, WatchedCluster cluster, ScanPage page) {
    this.options = options;
    this.sources = sources;
    this.cluster = cluster;
    this.page = page;
    this.times =
        new ScanTimes(Duration.ofSeconds(options.scanInterval()), options.reports().isPresent());
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
    Surroundings surroundings = sources.knowledge().get().surroundings();
    PolicySet policies = surroundings.policies();
    boolean isLeader = cluster.isLeader();
    Instant now = Instant.now();
    if (cluster.waitingFor().isEmpty() && times.isDue(now, policies, isLeader, page.isWanted())) {
      times.begin(now, policies, isLeader);
      scan(surroundings, isLeader ? options.reports() : Optional.empty(), now);
    }
  }

  private void scan(Surroundings surroundings, Optional<ReportApi> reports, Instant now) {
    List<Problem> problems;
    try {
      problems =
          reports.isPresent() ? report(reports.get(), surroundings, now) : show(surroundings, now);
    } catch (KubernetesClientException e) {
      // Reports may need what the cluster does not have; the page does not need them.
      LOG.errorf("no reports: %s", e.getMessage());
      problems = options.scanPage() ? show(surroundings, now) : List.of();
    }
    problems.forEach(problem -> LOG.errorf("%s %s", problem.at(), problem.message()));
  }

  private List<Problem> show(Surroundings surroundings, Instant now) {
    ScanPage.Draft draft = page.begin(now, surroundings.policies().all());
    List<Problem> problems = ClusterScan.run(cluster.client(), surroundings, draft::take);
    draft.finish(problems);
    return problems;
  }

  private List<Problem> report(ReportApi api, Surroundings surroundings, Instant now) {
    Optional<ScanPage.Draft> draft =
        options.scanPage()
            ? Optional.of(page.begin(now, surroundings.policies().all()))
            : Optional.empty();
    ReportWriter.Result result =
        ReportWriter.run(
            cluster.client(),
            api,
            Clock.systemUTC(),
            surroundings,
            scanned -> draft.ifPresent(it -> it.take(scanned)));
    draft.ifPresent(it -> it.finish(result.problems()));
    LOG.infof(
        "scanned: %d reports, %d written, %d removed, %d left out",
        result.reports(), result.written(), result.removed(), result.leftOut());
    return result.problems();
  }
}
