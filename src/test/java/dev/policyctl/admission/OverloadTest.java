package dev.policyctl.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.testing.TlsConnection;
import dev.policyctl.testing.TlsFiles;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * More reviews than the service may answer at once, over TLS: they are held up by bodies of which
 * the second half does not come.
 */
@QuarkusTest
@QuarkusTestResource(
    value = TlsFiles.class,
    restrictToAnnotatedClass = true,
    initArgs = {
      @ResourceArg(name = "policyctl.service.max-concurrent-reviews", value = "3"),
      @ResourceArg(name = "policyctl.service.when-overloaded", value = "deny")
    })
class OverloadTest {
  private static final int MAX = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path CASES = Path.of("src/test/resources/admission");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject Load load;
  @Inject MeterRegistry metrics;

  private final List<TlsConnection> held = new ArrayList<>();
  private byte[] review = new byte[0];

  @BeforeEach
  void fillUp() throws Exception {
    review = Files.readAllBytes(CASES.resolve("machine-through-page-cache.review.json"));
    for (int i = 0; i < MAX; i++) {
      TlsConnection connection = TlsConnection.open();
      held.add(connection);
      connection.begin("/admission/validate", review);
    }
    until(MAX);
  }

  @AfterEach
  void letGo() throws IOException {
    for (TlsConnection connection : held) {
      connection.close();
    }
    until(0);
  }

  private void until(int reviews) {
    Instant end = Instant.now().plus(PATIENCE);
    while (load.reviews() != reviews) {
      assertTrue(Instant.now().isBefore(end), load.reviews() + " reviews, not " + reviews);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private double shed() {
    return metrics.find("policyctl.reviews").tag("verdict", "shed").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private JsonNode response(TlsConnection.Answer answer) throws IOException {
    assertEquals(200, answer.status(), answer.body());
    JsonNode root = JSON.readTree(answer.body());
    assertEquals("AdmissionReview", root.path("kind").asText());
    assertEquals("admission.k8s.io/v1", root.path("apiVersion").asText());
    assertEquals(JSON.readTree(review).at("/request/uid"), root.at("/response/uid"));
    return root.path("response");
  }

  @Test
  void whatThereIsNoTimeForIsRefusedAsAReviewAndCounted() throws Exception {
    double before = shed();
    try (TlsConnection further = TlsConnection.open()) {
      for (String operation : List.of("validate", "mutate")) {
        further.send("/admission/" + operation, review);
        JsonNode refused = response(further.answer());
        assertFalse(refused.path("allowed").asBoolean(true), refused.toString());
        assertEquals(503, refused.at("/status/code").asInt());
        assertEquals("ServiceUnavailable", refused.at("/status/reason").asText());
        assertEquals(
            "policyctl is overloaded and has not judged this object; try again",
            refused.at("/status/message").asText());
        assertFalse(refused.has("patch"), refused.toString());
      }
    }
    assertEquals(before + 2, shed());
  }

  @Test
  void whatWasTakenInIsJudgedAndSoIsWhatComesLater() throws Exception {
    double before = shed();
    for (TlsConnection connection : held) {
      connection.finish();
      assertTrue(response(connection.answer()).path("allowed").asBoolean());
    }
    until(0);
    for (TlsConnection connection : held) {
      connection.send("/admission/validate", review);
      assertTrue(response(connection.answer()).path("allowed").asBoolean());
    }
    assertEquals(before, shed());
  }

  @Test
  void whoeverGoesAwayLeavesRoom() throws Exception {
    held.remove(0).close();
    until(MAX - 1);
    try (TlsConnection further = TlsConnection.open()) {
      further.send("/admission/validate", review);
      assertTrue(response(further.answer()).path("allowed").asBoolean());
    }
  }
}
