package dev.policyctl.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.testing.TlsClient;
import dev.policyctl.testing.TlsFiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The page of the last scan while there was none; {@link ClusterServiceTest} has one. */
@QuarkusTest
@QuarkusTestResource(value = TlsFiles.class, restrictToAnnotatedClass = true)
class ScanPageServiceTest {
  @Test
  void saysWhyThereIsNone() throws Exception {
    HttpResponse<String> response = TlsClient.get("/");
    assertEquals(503, response.statusCode());
    assertEquals("5", response.headers().firstValue("Retry-After").orElse(""));
    String policy = response.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.startsWith("default-src 'none'; "), policy);
    assertTrue(response.body().contains("<h1>No scan yet</h1>"), response.body());
    assertTrue(response.body().contains("has no cluster to scan"), response.body());
  }
}
