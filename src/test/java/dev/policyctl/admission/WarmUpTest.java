package dev.policyctl.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.policyctl.cli.PolicyFiles;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WarmUpTest {
  /** Each way to an answer is gone, the long ones too: a refusal with its cure, and a change. */
  @Test
  void refusesAndCures() {
    List<JsonNode> answers = WarmUp.run(PolicyFiles.load(List.of()).policies());
    JsonNode refused = answers.get(0).path("response");
    assertFalse(refused.path("allowed").asBoolean());
    assertTrue(
        refused.path("status").path("message").asText().contains("help: "), refused.toString());
    assertEquals("JSONPatch", answers.get(1).path("response").path("patchType").asText());
  }
}
