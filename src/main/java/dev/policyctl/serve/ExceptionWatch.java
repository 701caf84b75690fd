package dev.policyctl.serve;

import dev.policyctl.cluster.ExceptionStatuses;
import dev.policyctl.exception.Attention;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.exception.StoragePolicyException;
import dev.policyctl.lint.UsedExceptions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/**
 * Tells of exceptions that end and of those that nothing needs: in metrics, in the log and in their
 * status.
 */
@Singleton
final class ExceptionWatch {
  private static final Logger LOG = Logger.getLogger("policyctl");

  private final Sources sources;
  private final WatchedCluster cluster;
  private volatile OptionalLong unused = OptionalLong.empty();
  private List<String> told = List.of();

  ExceptionWatch(Sources sources, WatchedCluster cluster, MeterRegistry registry) {
    this.sources = sources;
    this.cluster = cluster;
    count(registry, "holding", it -> !is(it, Attention.Why.EXPIRED));
    count(registry, "ending", it -> is(it, Attention.Why.ENDS_SOON));
    count(registry, "expired", it -> is(it, Attention.Why.EXPIRED));
    Gauge.builder("policyctl.exceptions.unused", this::unused)
        .description("exceptions that the last scan did not need; NaN where none was made here")
        .register(registry);
  }

  private interface Sort {
    boolean has(StoragePolicyException exception);
  }

  private void count(MeterRegistry registry, String state, Sort sort) {
    Gauge.builder(
            "policyctl.exceptions",
            () ->
                sources.knowledge().accepted().stream()
                    .filter(it -> sort.has(it.exception()))
                    .count())
        .description("exceptions that hold, those of them that end within a fortnight, and others")
        .tag("state", state)
        .register(registry);
  }

  private static boolean is(StoragePolicyException exception, Attention.Why why) {
    return Attention.of(exception, today(), false).filter(it -> it.why() == why).isPresent();
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  private double unused() {
    return cluster.isLeader() && unused.isPresent() ? unused.getAsLong() : Double.NaN;
  }

  /**
   * A scan was made.
   *
   * @param accepted what it obeyed
   * @param isWhole whether it judged everything
   */
  void scanned(List<Exceptions.Scoped> accepted, UsedExceptions used, boolean isWhole) {
    List<StoragePolicyException> all = accepted.stream().map(Exceptions.Scoped::exception).toList();
    if (isWhole) {
      unused = OptionalLong.of(all.stream().filter(it -> !used.has(it)).count());
    }
    tell(
        all.stream()
            .map(it -> Attention.of(it, today(), isWhole && !used.has(it)))
            .flatMap(Optional::stream)
            .map(it -> it.message() + "; help: " + it.help())
            .toList());
    ExceptionStatuses.write(cluster.client(), Clock.systemUTC(), all, used::has, isWhole);
  }

  /** What was told before is not told again. */
  private void tell(List<String> lines) {
    lines.stream().filter(line -> !told.contains(line)).forEach(LOG::warn);
    told = lines;
  }
}
