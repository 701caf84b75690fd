package dev.policyctl.format.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Placement;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every {@code CASE.xml} is read as its {@code CASE.model.json} says, with LF and with CRLF. */
class LibvirtGoldenTest {
  private static final Path FORMATS = Path.of("src/test/resources/formats");
  private final ObjectMapper json = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> everyCaseIsReadAsItsModel() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (DefinitionFormat format : Golden.FORMATS) {
      for (Path file : Golden.files(FORMATS.resolve(format.name()), ".xml")) {
        tests.add(DynamicTest.dynamicTest(file.toString(), () -> compare(format, file)));
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> everyCaseIsRecognisedByItsFormatAlone() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (DefinitionFormat owner : Golden.FORMATS) {
      for (Path file : Golden.files(FORMATS.resolve(owner.name()), ".xml")) {
        String text = Golden.read(file).text();
        for (DefinitionFormat format : Golden.FORMATS) {
          tests.add(
              DynamicTest.dynamicTest(
                  format.name() + " " + file,
                  () -> assertEquals(format == owner, format.recognizes("x.xml", text))));
        }
      }
    }
    return tests.stream();
  }

  private void compare(DefinitionFormat format, Path file) throws IOException {
    SourceText source = Golden.read(file);
    String model = print(model(format, source));
    Path golden = file.resolveSibling(file.getFileName().toString().replace(".xml", ".model.json"));
    Golden.compare(golden, model.getBytes(StandardCharsets.UTF_8));
    SourceText crlf = SourceText.of(source.path(), source.text().replace("\n", "\r\n"));
    assertEquals(model, print(model(format, crlf)).replace("\\r\\n", "\\n"), "with CRLF");
  }

  private String print(JsonNode node) throws IOException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    return json.writer(printer).writeValueAsString(node) + "\n";
  }

  private ObjectNode model(DefinitionFormat format, SourceText source) {
    ParsedFile file = format.parse(source);
    ObjectNode model = JsonNodeFactory.instance.objectNode();
    for (ParsedGuest guest : file.guests()) {
      ObjectNode node = model.withArray("guests").addObject();
      node.put("id", guest.guest().id());
      node.put("name", guest.guest().name());
      node.set("bypasses", json.valueToTree(guest.guest().bypasses()));
      node.set("options", json.valueToTree(new TreeMap<>(guest.guest().options())));
      node.set("at", places("", "", guest.positions(), source));
      for (DeclaredVolume volume : guest.guest().volumes()) {
        add(node.withArray("volumes").addObject(), format, guest, volume, source);
      }
    }
    for (ParsedStorage storage : file.storages()) {
      ObjectNode node = model.withArray("storages").addObject();
      node.put("id", storage.storage().id());
      node.put("type", storage.storage().type());
      node.set("options", json.valueToTree(new TreeMap<>(storage.storage().options())));
      node.set("at", places("", "", storage.positions(), source));
      node.set("placement", placement(format.locator().locate(storage.storage())));
    }
    for (Problem problem : file.problems()) {
      model
          .withArray("problems")
          .add(
              problem.at()
                  + ": "
                  + problem.severity().word()
                  + ": "
                  + problem.message()
                  + (problem.help().isEmpty() ? "" : " | " + problem.help()));
    }
    return model;
  }

  private void add(
      ObjectNode node,
      DefinitionFormat format,
      ParsedGuest guest,
      DeclaredVolume volume,
      SourceText source) {
    node.put("key", volume.key()).put("role", volume.role().word());
    node.put("section", volume.section()).put("attached", volume.attached());
    node.put("readOnly", volume.readOnly()).put("shared", volume.shared());
    node.put("transient", volume.transientWrites());
    node.put("cache", volume.cache()).put("aio", volume.aio());
    node.set("options", json.valueToTree(new TreeMap<>(volume.options())));
    node.set("at", places(volume.section(), volume.key(), guest.positions(), source));
    Opened opened = Opened.of(guest, volume, StorageCatalog.NONE);
    ObjectNode io = node.putObject("io");
    io.put("opener", word(opened.opening().opener()))
        .put("direct", word(opened.opening().direct()));
    io.put("possible", opened.opening().possible());
    io.put("aioAccepted", word(opened.opening().aioAccepted()));
    node.set(
        "placement",
        placement(format.locator().locate(guest.guest(), volume, StorageCatalog.NONE)));
  }

  private static ObjectNode placement(Placement placement) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", placement.storageId()).put("type", word(placement.type()));
    node.put("access", word(placement.access())).put("path", word(placement.path()));
    node.put("format", word(placement.imageFormat()));
    node.put("nocowOption", word(placement.nocowOption()));
    node.put("filesystem", word(placement.filesystem()));
    node.put("device", placement.device().map(d -> d.kind() + " " + d.name()).orElse(""));
    return node;
  }

  private static ObjectNode places(
      String section, String key, Positions positions, SourceText source) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    positions.volume(section, key).ifPresent(span -> node.put("", source.slice(span)));
    for (Field<?> field : Field.all()) {
      positions
          .field(section, key, field)
          .ifPresent(span -> node.put(field.path(), source.slice(span)));
    }
    return node;
  }

  private static String word(Fact<?> fact) {
    Optional<String> known = fact.ifKnown().map(value -> String.valueOf((Object) value));
    return known.orElseGet(() -> "unknown: " + fact.whatIsMissing().orElseThrow().message());
  }
}
