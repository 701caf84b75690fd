package dev.policyctl.format.libvirt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.model.Change;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.source.Edit;
import dev.policyctl.source.Edits;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every {@code *.before.xml} becomes its {@code *.after.xml} when all that can be cured is. */
class LibvirtEditsTest {
  private static final Path FIXES = Path.of("src/test/resources/fixes");

  @TestFactory
  Stream<DynamicTest> everyLayoutIsKept() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (DefinitionFormat format : Golden.FORMATS) {
      for (Path before : Golden.files(FIXES.resolve(format.name()), ".before.xml")) {
        tests.add(DynamicTest.dynamicTest(before.toString(), () -> compare(format, before)));
      }
    }
    return tests.stream();
  }

  private static void compare(DefinitionFormat format, Path before) throws IOException {
    SourceText source = Golden.read(before);
    List<Edit> edits = edits(format, source);
    String fixed = Edits.of(edits).applyTo(source.text());
    byte[] bytes = fixed.getBytes(source.charset());
    Path after =
        before.resolveSibling(before.getFileName().toString().replace(".before.", ".after."));
    Golden.compare(after, bytes);
    assertFalse(edits.isEmpty());
    assertEquals(
        List.of(),
        edits(format, SourceText.of("again.xml", fixed)),
        "a second run changes nothing");
  }

  private static List<Edit> edits(DefinitionFormat format, SourceText source) {
    ParsedFile file = format.parse(source);
    assertEquals(List.of(), file.problems());
    List<Edit> edits = new ArrayList<>();
    for (var guest : file.guests()) {
      for (DeclaredVolume volume : guest.guest().volumes()) {
        if (Opened.of(file, volume.key()).opening().direct().is(true)) {
          edits.addAll(
              format.edits(
                  file,
                  new Change(
                      guest.guest().id(),
                      volume.key(),
                      volume.section(),
                      Map.of("volume.io.direct", false))));
        }
      }
    }
    for (ParsedStorage storage : file.storages()) {
      Map<String, Object> values = Map.of("storage.nocowOption", false);
      edits.addAll(
          format.edits(
              file, new Change("", storage.storage().id(), DeclaredVolume.CURRENT, values)));
    }
    return edits;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # driver                     | field            | value        | driver afterwards
          cache='none' io='native'     | volume.aio       | ''           | cache='none'
          io='native'                  | volume.aio       | ''           | -
          io='native' cache='none'     | volume.aio       | threads      | io='threads' cache='none'
          io='threads'                 | volume.cache     | unsafe       | io='threads' cache='unsafe'
          cache='none' io='native'     | volume.cache     | writethrough | cache='writethrough'
          cache='none' io='native'     | volume.cache     | directsync   | cache='directsync' io='native'
          cache='none'                 | volume.cache     | ''           | unchanged
          cache='none'                 | volume.cache     | None         | unchanged
          cache='none'                 | volume.aio       | aio          | unchanged
          cache='writeback'            | volume.aio       | native       | unchanged
          cache='writeback'            | volume.cache     | writeback    | unchanged
          cache='None'                 | volume.io.direct | false        | unchanged
          cache='none'                 | volume.io.direct | true         | unchanged
          cache='none'                 | volume.format    | qcow2        | unchanged
          """)
  void aChangeIsWrittenOrNotAtAll(String driver, String field, String value, String afterwards) {
    Object wanted =
        value.equals("true") || value.equals("false") ? (Object) Boolean.valueOf(value) : value;
    String text = disk("file", driver);
    List<Edit> edits = edit(text, Map.of(field, wanted));

    if ("unchanged".equals(afterwards)) {
      assertEquals(List.of(), edits);
    } else {
      String expected =
          afterwards == null
              ? disk("file", driver).replace(" " + driver, "")
              : disk("file", afterwards);
      assertEquals(expected, Edits.of(edits).applyTo(text));
    }
  }

  @Test
  void whatLibvirtWouldRefuseAfterwardsIsNotWritten() {
    assertEquals(List.of(), edit(disk("vhostvdpa", "cache='none'"), NOT_DIRECT));
    assertEquals(List.of(), edit(disk("vhostuser", "cache='none'"), NOT_DIRECT));
  }

  @Test
  void containersStatusDocumentsAndSnapshotsAreNotEdited() {
    String domain = disk("file", "cache='none'");
    String container = domain.replace("'kvm'", "'lxc'");
    String status = "<domstatus>" + domain + "</domstatus>";
    String snapshot = "<domainsnapshot><name>s</name>" + domain + "</domainsnapshot>";

    for (String text : List.of(container, status, snapshot)) {
      assertEquals(List.of(), edit(text, NOT_DIRECT), text);
    }
    Change ofSnapshot = new Change("g", "vda", "snapshot:s", NOT_DIRECT);
    assertEquals(
        List.of(), new LibvirtDomainFormat().edits(Opened.parse(snapshot), ofSnapshot), snapshot);
  }

  @Test
  void anotherGuestsOrDisksChangeIsNotWritten() {
    ParsedFile file = Opened.parse(disk("file", "cache='none'"));
    LibvirtDomainFormat format = new LibvirtDomainFormat();

    assertEquals(List.of(), format.edits(file, new Change("h", "vda", "current", NOT_DIRECT)));
    assertEquals(List.of(), format.edits(file, new Change("g", "vdb", "current", NOT_DIRECT)));
  }

  private static final Map<String, Object> NOT_DIRECT = Map.of("volume.io.direct", false);

  private static List<Edit> edit(String text, Map<String, Object> values) {
    return new LibvirtDomainFormat()
        .edits(Opened.parse(text), new Change("g", "vda", DeclaredVolume.CURRENT, values));
  }

  private static String disk(String type, String driver) {
    return Opened.domain(
        "kvm",
        "<disk type='%s'><driver %s/><source file='/a'/><target dev='vda'/></disk>"
            .formatted(type, driver));
  }

  @Test
  void goldensOfTextsInLatin1KeepTheirBytes() throws IOException {
    Path before = FIXES.resolve("libvirt-domain/latin-1.before.xml");
    SourceText source = Golden.read(before);

    assertArrayEquals(Files.readAllBytes(before), source.text().getBytes(source.charset()));
    assertEquals("ISO-8859-1", source.charset().name());
  }
}
