package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code inspect --format json} over the hypervisors' own test definitions: {@code io.direct} of
 * every disk is what QEMU's command line in their expectations says.
 */
final class InspectTruthTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void drivesOfProxmoxAreOpenedAsItsOwnTestsExpect() throws IOException {
    Path corpus = Shared.path("corpora/qemu-server");
    Path cases = corpus.resolve("cases");
    Map<String, JsonNode> direct =
        inspected("--storage-cfg", corpus.resolve("storage.cfg").toString(), cases.toString());
    int checked = 0;
    List<String> wrong = new ArrayList<>();
    for (JsonNode row : rows(corpus)) {
      if (row.path("file").isNull()) {
        continue; // A variable store that no line declares.
      }
      Path file = cases.resolve(row.path("case").asText() + ".conf");
      checked++;
      compare(row, direct.get(file + " " + row.path("drive").asText()), wrong);
    }
    assertEquals(List.of(), wrong);
    assertTrue(checked > 50, checked + " drives");
  }

  @Test
  void disksOfLibvirtAreOpenedAsItsOwnTestsExpect() throws IOException {
    Path corpus = Shared.path("corpora/libvirt");
    Path cases = corpus.resolve("cases");
    Map<String, JsonNode> direct = inspected(cases.toString());
    List<String> wrong = new ArrayList<>();
    List<JsonNode> rows = rows(corpus);
    for (JsonNode row : rows) {
      Path file = cases.resolve(row.path("xml").asText());
      compare(row, direct.get(file + " " + row.path("target").asText()), wrong);
    }
    assertEquals(List.of(), wrong);
    assertTrue(rows.size() > 200, rows.size() + " disks");
  }

  private static void compare(JsonNode row, JsonNode found, List<String> wrong) {
    if (!row.path("direct").equals(found)) {
      wrong.add(row + " but " + found);
    }
  }

  private static List<JsonNode> rows(Path corpus) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(corpus.resolve("truth.jsonl"))) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  /** {@code io.direct} by path and key of the volume, of what is attached now. */
  private static Map<String, JsonNode> inspected(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("inspect", "--format", "json"));
    command.addAll(List.of(arguments));
    Cli.Result result = Cli.run(command.toArray(String[]::new));
    Map<String, JsonNode> direct = new HashMap<>();
    for (JsonNode subject : JSON.readTree(result.out()).path("subjects")) {
      for (JsonNode volume : subject.path("volumes")) {
        if (volume.path("section").asText().equals("current")) {
          String key = subject.path("path").asText() + " " + volume.path("key").asText();
          direct.put(key, volume.path("io").path("direct"));
        }
      }
    }
    return direct;
  }
}
