package dev.policyctl.format.proxmox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.source.SourceText;
import dev.policyctl.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The configurations of qemu-server's own tests. */
class UpstreamCasesTest {
  private final ProxmoxQemuFormat format = new ProxmoxQemuFormat();

  @Test
  void everyCaseIsReadWithoutProblems() throws IOException {
    try (Stream<Path> files = Files.walk(Shared.path("corpora/qemu-server/cases"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".conf")).toList()) {
        assertEquals(List.of(), parse(file).problems(), file.toString());
      }
    }
  }

  @Test
  void everyDriveThatQemuOpensIsAttached() throws IOException {
    Path corpus = Shared.path("corpora/qemu-server");
    int drives = 0;
    for (String line : Files.readAllLines(corpus.resolve("truth.jsonl"))) {
      JsonNode truth = new ObjectMapper().readTree(line);
      if (truth.path("file").isNull()) {
        continue;
      }
      Path file = corpus.resolve("cases/" + truth.path("case").asText() + ".conf");
      DeclaredVolume volume = volume(parse(file), truth.path("drive").asText());
      assertTrue(volume.attached(), line);
      assertEquals(truth.path("file").asText(), volume.option("file"), line);
      drives++;
    }
    assertTrue(drives > 20);
  }

  private ParsedFile parse(Path file) throws IOException {
    return format.parse(SourceText.decode(file.toString(), Files.readAllBytes(file)));
  }

  private static DeclaredVolume volume(ParsedFile file, String key) {
    return file.guests().get(0).guest().volumes().stream()
        .filter(volume -> volume.key().equals(key) && volume.section().equals("current"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(key + " in " + file.source().path()));
  }
}
