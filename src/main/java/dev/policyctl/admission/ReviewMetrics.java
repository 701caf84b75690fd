package dev.policyctl.admission;

import dev.policyctl.format.kubernetes.KubeObject;
import dev.policyctl.policy.Finding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts reviews by kind, what came of them and the policies that found something. */
public final class ReviewMetrics implements ReviewListener {
  private static final String OTHER = "other";

  private final MeterRegistry registry;
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
  private final Timer duration;

  public ReviewMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.duration =
        Timer.builder("policyctl.review.duration")
            .description("from the whole body to the whole answer")
            .serviceLevelObjectives(
                Duration.ofNanos(100_000),
                Duration.ofMillis(1),
                Duration.ofMillis(10),
                Duration.ofMillis(100),
                Duration.ofSeconds(1))
            .register(registry);
  }

  /** The labels of a count; {@code policy} is empty where no policy found anything. */
  private record Key(String kind, String verdict, String policy) {}

  @Override
  public void reviewed(Review review, Outcome outcome) {
    String kind = KubeObject.isKnownKind(review.kind()) ? review.kind() : OTHER;
    if (outcome.denying().isEmpty()
        && outcome.warning().isEmpty()
        && outcome.recorded().isEmpty()) {
      count(new Key(kind, "pass", ""));
    }
    outcome.denying().forEach(finding -> count(kind, "deny", finding));
    outcome.warning().forEach(finding -> count(kind, "warn", finding));
    outcome.recorded().forEach(finding -> count(kind, "audit", finding));
  }

  private void count(String kind, String verdict, Finding finding) {
    count(new Key(kind, verdict, finding.policy()));
  }

  void shed(Review review) {
    count(new Key(KubeObject.isKnownKind(review.kind()) ? review.kind() : OTHER, "shed", ""));
  }

  void took(long nanoseconds) {
    duration.record(nanoseconds, TimeUnit.NANOSECONDS);
  }

  private void count(Key key) {
    counters.computeIfAbsent(key, this::counter).increment();
  }

  private Counter counter(Key key) {
    return Counter.builder("policyctl.reviews")
        .description("findings of reviews, and reviews without one")
        .tag("kind", key.kind())
        .tag("verdict", key.verdict())
        .tag("policy", key.policy())
        .register(registry);
  }
}
