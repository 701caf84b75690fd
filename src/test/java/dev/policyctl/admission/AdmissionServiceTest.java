package dev.policyctl.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.testing.GeneratedFile;
import dev.policyctl.testing.TlsClient;
import dev.policyctl.testing.TlsConnection;
import dev.policyctl.testing.TlsFiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The service through its TLS endpoint, as the API server calls it, with the facts of the examples:
 * every {@code CASE.review.json} beside its answers.
 */
@QuarkusTest
@QuarkusTestResource(value = TlsFiles.class, restrictToAnnotatedClass = true)
class AdmissionServiceTest {
  private static final Path CASES = Path.of("src/test/resources/admission");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void answersAsTheGoldensSay() throws Exception {
    for (Path review : reviews()) {
      String name = review.getFileName().toString().replace(".review.json", "");
      byte[] body = Files.readAllBytes(review);
      ObjectNode answers = JSON.createObjectNode();
      answers.set("validate", readable(answer("validate", body)));
      answers.set("mutate", readable(answer("mutate", body)));
      GeneratedFile.assertIs(
          CASES.resolve(name + ".answers.json"), answers.toPrettyString() + "\n");
    }
  }

  private static List<Path> reviews() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(it -> it.toString().endsWith(".review.json")).sorted().toList();
    }
  }

  private static JsonNode answer(String operation, byte[] body) throws Exception {
    HttpResponse<String> response = TlsClient.post("/admission/" + operation, body);
    assertEquals(200, response.statusCode(), response.body());
    JsonNode answer = JSON.readTree(response.body());
    assertEquals("AdmissionReview", answer.path("kind").asText());
    assertEquals(JSON.readTree(body).at("/request/uid"), answer.at("/response/uid"));
    return answer.path("response");
  }

  /** With the patch as JSON. */
  private static JsonNode readable(JsonNode response) throws IOException {
    if (response.has("patch")) {
      byte[] patch = Base64.getDecoder().decode(response.path("patch").asText());
      ((ObjectNode) response).set("patch", JSON.readTree(patch));
    }
    return response;
  }

  @Test
  void everyWarningArrives() throws Exception {
    for (Path review : reviews()) {
      byte[] body = Files.readAllBytes(review);
      for (String operation : List.of("validate", "mutate")) {
        for (JsonNode warning : answer(operation, body).path("warnings")) {
          String text = warning.asText();
          assertTrue(text.codePointCount(0, text.length()) <= 120, text);
          assertTrue(text.chars().noneMatch(Character::isISOControl), text);
        }
      }
    }
  }

  @Test
  void aChangedObjectIsNotChangedAgain() throws Exception {
    int changed = 0;
    for (Path review : reviews()) {
      byte[] body = Files.readAllBytes(review);
      JsonNode answer = readable(answer("mutate", body));
      if (answer.has("patch")) {
        changed++;
        ObjectNode again = (ObjectNode) JSON.readTree(body);
        JsonNode object = again.at("/request/object");
        ((ObjectNode) again.get("request"))
            .set("object", io.fabric8.zjsonpatch.JsonPatch.apply(answer.get("patch"), object));
        byte[] second = JSON.writeValueAsBytes(again);
        assertEquals("", answer("mutate", second).path("patch").asText());
        assertTrue(answer("validate", second).path("allowed").asBoolean());
      }
    }
    assertTrue(changed > 0);
  }

  /** Proving a cure takes time, and an object may have as many disks as fit into it. */
  @Test
  void anObjectWithThousandsOfDisksIsRefusedWithoutCures() throws Exception {
    ObjectNode body =
        (ObjectNode)
            JSON.readTree(Files.readAllBytes(CASES.resolve("machine-with-many-disks.review.json")));
    JsonNode spec = body.at("/request/object/spec/template/spec");
    ArrayNode disks = (ArrayNode) spec.at("/domain/devices/disks");
    ArrayNode volumes = (ArrayNode) spec.get("volumes");
    for (int i = 100; i < 5000; i++) {
      disks.add(((ObjectNode) disks.get(0).deepCopy()).put("name", "d" + i));
      volumes.add(((ObjectNode) volumes.get(0).deepCopy()).put("name", "d" + i));
    }
    byte[] large = JSON.writeValueAsBytes(body);
    JsonNode refused = answer("validate", large);
    assertTrue(
        refused.at("/status/message").asText().contains("and 4904 more"), refused.toString());
    assertTrue(!answer("mutate", large).has("patch"));
  }

  @Test
  void whatIsNoReviewIsRefusedWithTheReason() throws Exception {
    assertRefused("", "the body is no JSON");
    assertRefused("{", "the body is no JSON: Unexpected end-of-input");
    assertRefused("[]", "the body is no JSON object");
    assertRefused("{} {}", "the body is no JSON");
    assertRefused("{\"kind\":\"Pod\"}", "`kind` is not `AdmissionReview`");
    assertRefused(
        "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1beta1\"}",
        "`apiVersion` is not `admission.k8s.io/v1`");
    String start = "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\"";
    assertRefused(start + "}", "`request` is missing");
    assertRefused(start + ",\"request\":{}}", "`request.uid` is missing");
    assertRefused(
        start + ",\"request\":{\"uid\":\"1\",\"operation\":\"X\"}}", "`request.operation`");
    assertRefused(
        start + ",\"request\":{\"uid\":\"1\",\"operation\":\"CREATE\",\"object\":[]}}",
        "`request.object` is no object");
    assertRefused("[".repeat(100_000), "the body is no JSON: Document nesting depth");
  }

  private static void assertRefused(String body, String reason) throws Exception {
    HttpResponse<String> response =
        TlsClient.post("/admission/validate", body.getBytes(StandardCharsets.UTF_8));
    assertEquals(400, response.statusCode(), body);
    assertTrue(response.body().startsWith(reason), response.body());
    assertTrue(
        response.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"),
        "what the API server shows");
  }

  @Test
  void aBodyAboveTheLimitIsRefusedAndOneBelowIsJudged() throws Exception {
    Path review = CASES.resolve("machine-with-direct-io.review.json");
    ObjectNode body = (ObjectNode) JSON.readTree(Files.readAllBytes(review));
    ObjectNode metadata = (ObjectNode) body.at("/request/object/metadata");
    metadata.putObject("annotations").put("large", "x".repeat(3 << 20));
    assertTrue(!answer("validate", JSON.writeValueAsBytes(body)).path("allowed").asBoolean());
    metadata.putObject("annotations").put("large", "x".repeat(9 << 20));
    byte[] tooLarge = JSON.writeValueAsBytes(body);
    HttpResponse<String> refused = TlsClient.post("/admission/validate", tooLarge);
    assertEquals(413, refused.statusCode());
    assertEquals("the body is larger than 8 MiB", refused.body());
    assertTrue(answer("validate", Files.readAllBytes(review)).has("allowed"));
  }

  /** As an API server without HTTP/2 asks, and wrk: further requests before the first answer. */
  @Test
  void requestsBehindOneAnotherAreAnsweredInTheirOrder() throws Exception {
    List<Path> reviews = reviews();
    try (TlsConnection connection = TlsConnection.open()) {
      for (int round = 0; round < 2; round++) {
        for (Path review : reviews) {
          connection.send("/admission/validate", Files.readAllBytes(review));
        }
        for (Path review : reviews) {
          TlsConnection.Answer answer = connection.answer();
          assertEquals(200, answer.status(), answer.body());
          assertEquals(
              answer("validate", Files.readAllBytes(review)),
              JSON.readTree(answer.body()).path("response"));
        }
      }
    }
  }

  /** One that is malformed does not end the connection that others come by. */
  @Test
  void whatIsRefusedLeavesTheConnectionOpen() throws Exception {
    byte[] review = Files.readAllBytes(reviews().get(0));
    try (TlsConnection connection = TlsConnection.open()) {
      connection.send("/admission/validate", "{".getBytes(StandardCharsets.UTF_8));
      connection.send("/admission/validate", review);
      assertEquals(400, connection.answer().status());
      assertEquals(200, connection.answer().status());
    }
  }
}
