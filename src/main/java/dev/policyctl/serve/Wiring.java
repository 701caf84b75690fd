package dev.policyctl.serve;

import dev.policyctl.admission.HttpApiSwitch;
import dev.policyctl.admission.Load;
import dev.policyctl.admission.ReviewMetrics;
import dev.policyctl.admission.Reviewer;
import dev.policyctl.serve.ServiceOptions.WhenOverloaded;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the service together. */
final class Wiring {
  /** Of all bodies that are being read, a fraction of the memory that the service may have. */
  private static final int BODIES_SHARE = 4;

  @Produces
  @Singleton
  Load load(ServiceOptions options) {
    return new Load(
        options.maxConcurrentReviews(), Runtime.getRuntime().maxMemory() / BODIES_SHARE);
  }

  @Produces
  @Singleton
  HttpApiSwitch httpApi(ServiceOptions options) {
    return new HttpApiSwitch(options.httpApi());
  }

  @Produces
  @Singleton
  ReviewMetrics metrics(MeterRegistry registry) {
    return new ReviewMetrics(registry);
  }

  @Produces
  @Singleton
  Reviewer reviewer(
      Sources sources, WatchedCluster cluster, ReviewMetrics metrics, ServiceOptions options) {
    return new Reviewer(
        sources.knowledge(),
        (review, outcome) -> {
          metrics.reviewed(review, outcome);
          cluster.reviewed(review, outcome);
        },
        options.whenOverloaded() == WhenOverloaded.WARN);
  }
}
