package dev.policyctl.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.testing.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one Lease of a real API server. Skipped where its programs are missing. */
class LeadershipTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path scratch;
  private static Optional<ApiServer> started = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    ApiServer.assumeAvailable();
    started = Optional.of(ApiServer.start(Files.createDirectory(scratch.resolve("server"))));
  }

  @AfterAll
  static void stop() {
    started.ifPresent(ApiServer::close);
  }

  private static KubernetesClient connect() {
    Config config = Config.fromKubeconfig(started.orElseThrow().kubeconfig().toFile());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static String holder() throws Exception {
    return started
        .orElseThrow()
        .kubectl("get", "lease", "policyctl", "-o", "jsonpath={.spec.holderIdentity}");
  }

  private static void until(Leadership leadership) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!leadership.isLeader()) {
      assertTrue(Instant.now().isBefore(end), "was not elected");
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Test
  void whoeverStopsNamesNoLeaderAnyMore() throws Exception {
    AtomicInteger elected = new AtomicInteger();
    try (KubernetesClient one = connect();
        KubernetesClient two = connect()) {
      Leadership first = Leadership.seek(one, "default", "first", elected::incrementAndGet);
      until(first);
      assertEquals("first", holder());
      Leadership second = Leadership.seek(two, "default", "second", elected::incrementAndGet);
      assertFalse(second.isLeader());

      first.close();
      assertFalse(first.isLeader());
      String left = holder();
      assertTrue(left.isEmpty() || left.equals("second"), left);
      until(second);
      assertEquals("second", holder());
      assertFalse(first.isLeader());
      assertEquals(2, elected.get());

      second.close();
      assertEquals("", holder());
    }
  }
}
