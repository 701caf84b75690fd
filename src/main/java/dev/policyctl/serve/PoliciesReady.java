package dev.policyctl.serve;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether reviews can be answered: policies are compiled, facts are read. */
@Readiness
@Singleton
final class PoliciesReady implements HealthCheck {
  private final Sources sources;

  PoliciesReady(Sources sources) {
    this.sources = sources;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("policies").status(sources.areRead()).build();
  }
}
