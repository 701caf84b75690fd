package dev.policyctl.serve;

import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the cluster was listed once. A watch that is lost later does not count: the service
 * answers from memory, and tells how old that is.
 */
@Readiness
@Singleton
final class MemoryReady implements HealthCheck {
  private final WatchedCluster cluster;

  MemoryReady(WatchedCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public HealthCheckResponse call() {
    List<String> waiting = cluster.waitingFor();
    return HealthCheckResponse.named("memory")
        .status(waiting.isEmpty())
        .withData("waitingFor", String.join(", ", waiting))
        .withData("ageSeconds", cluster.age().toSeconds())
        .build();
  }
}
