package dev.policyctl.format.proxmox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Opening;
import dev.policyctl.model.Placement;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.Values;
import dev.policyctl.source.SourceText;
import dev.policyctl.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule against what qemu-server's own tests expect on QEMU's command line. */
class ProxmoxTruthTest {
  private static final Fact<String> UNKNOWN = Fact.unknown(new Missing("host.kernel", "", ""));
  private static final Values NOTHING =
      Values.builder()
          .set(Field.HOST_NAME, "")
          .set(Field.HOST_KERNEL, UNKNOWN)
          .set(Field.HOST_ZFS, UNKNOWN)
          .build();

  private final Path corpus = Shared.path("corpora/qemu-server");

  @Test
  void drivesAreOpenedAsQemuServerOpensThem() throws IOException {
    StorageCatalog storages = catalog();
    List<String> wrong = new ArrayList<>();
    int drives = 0;
    for (String row : Files.readAllLines(corpus.resolve("truth.jsonl"))) {
      JsonNode truth = new ObjectMapper().readTree(row);
      if (truth.get("file").isNull()) {
        continue; // A variable store that no line declares.
      }
      drives++;
      if (!agrees(truth, storages)) {
        wrong.add(row);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(drives > 50, "drives: " + drives);
  }

  private boolean agrees(JsonNode truth, StorageCatalog storages) throws IOException {
    DeclaredVolume drive = drive(truth.get("case").asText(), truth.get("drive").asText());
    Placement place = new ProxmoxLocator().locate(Declared.MACHINE, drive, storages);
    Opening opening = new ProxmoxOpenRule().open(Declared.MACHINE, drive, place, NOTHING);
    boolean hostFile = truth.get("host_file").asBoolean();
    return opening.direct().is(truth.get("direct").asBoolean())
        && opening.opener().is("hypervisor")
        && opening.aioAccepted().is(true)
        && place.access().is("file") == hostFile;
  }

  private DeclaredVolume drive(String name, String key) throws IOException {
    Path conf = corpus.resolve("cases").resolve(name + ".conf");
    for (String line : Files.readAllLines(conf)) {
      if (line.startsWith(key + ":")) {
        return Declared.drive(line);
      }
    }
    throw new IllegalStateException(conf + " has no " + key);
  }

  private StorageCatalog catalog() throws IOException {
    SourceText text =
        SourceText.decode("storage.cfg", Files.readAllBytes(corpus.resolve("storage.cfg")));
    ParsedFile file = new StorageCfgFormat().parse(text);
    assertEquals(List.of(), file.problems());
    return ProxmoxStorages.catalog(
        "storage.cfg", file.storages().stream().map(ParsedStorage::storage).toList());
  }
}
