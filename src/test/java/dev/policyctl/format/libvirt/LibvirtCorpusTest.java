package dev.policyctl.format.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.model.Change;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.source.Edit;
import dev.policyctl.source.Edits;
import dev.policyctl.source.SourceText;
import dev.policyctl.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** libvirt's own test domains, and what QEMU's command line in its expectations says of them. */
class LibvirtCorpusTest {
  private final LibvirtDomainFormat format = new LibvirtDomainFormat();

  @Test
  void everyDiskIsOpenedAsUpstreamExpects() throws IOException {
    Path corpus = Shared.path("corpora/libvirt");
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    for (String line : Files.readAllLines(corpus.resolve("truth.jsonl"))) {
      JsonNode truth = new ObjectMapper().readTree(line);
      ParsedFile file = read(corpus.resolve("cases").resolve(truth.get("xml").asText()));
      Opened disk = Opened.of(file, truth.get("target").asText());
      if (!disk.opening().direct().is(truth.get("direct").asBoolean())) {
        wrong.add(line + " but " + disk.opening().direct());
      }
      if (isLocal(disk) != truth.get("local").asBoolean()) {
        wrong.add(line + " but access " + disk.placement().access());
      }
      checked++;
    }
    assertEquals(List.of(), wrong);
    assertTrue(checked > 200, checked + " disks");
  }

  private static boolean isLocal(Opened disk) {
    return !disk.placement().access().is("network")
        && !disk.volume().option(OptionName.TYPE).equals("vhostvdpa");
  }

  @Test
  void everyCaseIsRecognisedAndReadWithoutProblems() throws IOException {
    for (Path path : cases()) {
      String text = Files.readString(path);
      assertTrue(format.recognizes(path.toString(), text), path.toString());
      assertEquals(List.of(), read(path).problems(), path.toString());
    }
  }

  @Test
  void aFixOfAnyDirectDiskChangesItsModeAlone() throws IOException {
    int fixed = 0;
    for (Path path : cases()) {
      ParsedFile file = read(path);
      for (DeclaredVolume volume : file.guests().get(0).guest().volumes()) {
        if (Opened.of(file, volume.key()).opening().direct().is(true)) {
          fixed += assertFixed(file, volume) ? 1 : 0;
        }
      }
    }
    assertTrue(fixed >= 10, fixed + " fixed");
  }

  private boolean assertFixed(ParsedFile file, DeclaredVolume volume) {
    Change change =
        new Change(
            file.guests().get(0).guest().id(),
            volume.key(),
            DeclaredVolume.CURRENT,
            Map.of("volume.io.direct", false));
    List<Edit> edits = format.edits(file, change);
    if (edits.isEmpty()) {
      assertEquals("vhostvdpa", volume.option(OptionName.TYPE), file.source().path());
      return false;
    }
    String text = Edits.of(edits).applyTo(file.source().text());
    ParsedFile after = format.parse(SourceText.of(file.source().path(), text));
    assertTrue(Opened.of(after, volume.key()).opening().direct().is(false), text);
    assertFalse(Opened.of(after, volume.key()).volume().aio().equals("native"), text);
    assertEquals(List.of(), format.edits(after, change), text);
    assertEquals(
        others(file, volume.key()), others(after, volume.key()), () -> "other volumes of " + text);
    return true;
  }

  private static List<DeclaredVolume> others(ParsedFile file, String key) {
    return file.guests().get(0).guest().volumes().stream()
        .filter(volume -> !volume.key().equals(key))
        .toList();
  }

  private ParsedFile read(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    return format.parse(SourceText.decode(path.toString(), bytes, XmlEncoding.charsetOf(bytes)));
  }

  private static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(Shared.path("corpora/libvirt/cases"))) {
      return files.sorted().toList();
    }
  }
}
