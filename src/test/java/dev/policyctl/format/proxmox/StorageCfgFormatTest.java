package dev.policyctl.format.proxmox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.format.Positions;
import dev.policyctl.model.Field;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.source.Edit;
import dev.policyctl.source.Edits;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageCfgFormatTest {
  private final StorageCfgFormat format = new StorageCfgFormat();

  private static List<String> storages(ParsedFile file) {
    List<String> all = new ArrayList<>();
    for (ParsedStorage parsed : file.storages()) {
      StorageDefinition storage = parsed.storage();
      Map<String, String> options = new TreeMap<>(storage.options());
      all.add(storage.type() + " " + storage.id() + " " + options + " " + storage.hosts());
    }
    return all;
  }

  private static List<String> problems(ParsedFile file) {
    return file.problems().stream().map(StorageCfgFormatTest::rendered).toList();
  }

  private static String rendered(Problem problem) {
    return problem.at() + ": " + problem.severity().word() + ": " + problem.message();
  }

  private static ParsedFile parse(String text) {
    return TestStorages.parse(text);
  }

  @Test
  void sectionsAreReadAsProxmoxReadsThem() {
    ParsedFile file =
        parse(
            """
            # storages of the lab
            DIR: tank
            \tpath /mnt/tank
              # a comment does not end the section
            \tnodes pve1,pve2; pve3
            \tdisable
            \tcomment two  words\t

            btrfs:cows
                path   /butter
                nocow 0
            """);
    assertEquals(
        List.of(
            "dir tank {comment=two  words, disable=1, nodes=pve1,pve2; pve3, path=/mnt/tank}"
                + " [pve1, pve2, pve3]",
            "btrfs cows {nocow=0, path=/butter} []"),
        storages(file));
    assertEquals(List.of(), problems(file));
  }

  @Test
  void everyTypeIsRead() {
    ParsedFile file = parse(TestStorages.TEXT);
    assertEquals(21, file.storages().size());
    assertEquals(
        List.of("storage.cfg:81:1: warning: unknown storage type `linstor`"), problems(file));
  }

  @Test
  void sameModelUnderBothLineEndings() {
    ParsedFile lf = parse(TestStorages.TEXT);
    ParsedFile crlf = parse(TestStorages.TEXT.replace("\n", "\r\n"));
    assertEquals(storages(lf), storages(crlf));
    assertEquals(problems(lf), problems(crlf));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          dir tank;\tpath /a ! storage.cfg:1:1: error: `dir tank` belongs to no storage: Proxmox ignores it
          '\tpath /a' ! storage.cfg:1:2: error: `path /a` belongs to no storage: Proxmox ignores it
          dir: 1tank;\tpath /a ! storage.cfg:1:1: error: `1tank` cannot be the name of a storage: Proxmox skips the section
          dir: t;\tpath /a ! storage.cfg:1:1: error: `t` cannot be the name of a storage: Proxmox skips the section
          dir: tank ! storage.cfg:1:1: error: storage `tank` lacks `path`: Proxmox skips it
          lvmthin: thin;\tvgname pve ! storage.cfg:1:1: error: storage `thin` lacks `thinpool`: Proxmox skips it
          dir: tank;\tpath /a;\tcontent none,iso ! storage.cfg:3:2: error: `content` combines `none` with others: Proxmox skips storage `tank`
          """)
  void brokenSectionsAreLost(String lines, String problem) {
    ParsedFile file = parse(lines.replace(';', '\n'));
    assertEquals(List.of(problem), problems(file));
    assertEquals(List.of(), storages(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          btrfs: cows;\tpath /b;\tnocow yes ! {path=/b} ! 3:2: error: unknown value `yes` of `nocow`: Proxmox ignores it
          btrfs: cows;\tpath /b;\tnocow ! {nocow=1, path=/b} ! -
          btrfs: cows;\tpath /b;\tnocow 1;\tnocow 0 ! {nocow=1, path=/b} ! 4:2: error: `nocow` of storage `cows` stands twice: Proxmox takes the first
          btrfs: cows;\tpath /b;nocow 1 ! {path=/b} ! 3:1: error: `nocow 1` is ignored: a property begins with a blank
          btrfs: cows;\tpath /b;;\tnocow 1 ! {path=/b} ! 4:2: error: `nocow 1` belongs to no storage: Proxmox ignores it
          dir: tank;\tpath /b;\tnocow 1 ! {path=/b} ! 3:2: warning: `nocow` is no property of a storage of type `dir`: it is ignored
          dir: tank;\tpath /b;\tcontent ! {path=/b} ! 3:2: error: `content` has no value: Proxmox ignores it
          dir: tank;\tpath /b;\tcontent images,izo ! {content=images,izo, path=/b} ! 3:2: warning: a storage of type `dir` has no content `izo`: it is ignored
          cephfs: tank;\tcontent images ! {content=images} ! 2:2: warning: a storage of type `cephfs` has no content `images`: it is ignored
          dir: tank;\tpath /b;\tfuture ! {future=, path=/b} ! -
          """)
  void propertiesThatProxmoxIgnoresAreReported(String lines, String options, String problem) {
    ParsedFile file = parse(lines.replace(';', '\n'));
    assertEquals(
        problem.equals("-") ? List.of() : List.of("storage.cfg:" + problem), problems(file));
    assertEquals(options, new TreeMap<>(file.storages().get(0).storage().options()).toString());
  }

  @Test
  void headerWithoutAnEmptyLineBeforeItOpensNoSection() {
    ParsedFile file = parse("dir: tank\n\tpath /a\nbtrfs: cows\n\tshared 1\n");
    assertEquals(List.of("dir tank {path=/a, shared=1} []"), storages(file));
    assertEquals(
        List.of(
            "storage.cfg:3:1: error: `btrfs: cows` opens no section: no empty line stands before it"),
        problems(file));
  }

  @Test
  void lineOfBlanksEndsNoSection() {
    ParsedFile file = parse("dir: tank\n\tpath /a\n \t\n\tshared 1\n");
    assertEquals(List.of("dir tank {path=/a, shared=1} []"), storages(file));
  }

  @Test
  void ofTwoSectionsWithOneNameTheLaterCounts() {
    ParsedFile file = parse("dir: tank\n\tpath /a\n\nbtrfs: tank\n\tpath /b\n");
    assertEquals(List.of("btrfs tank {path=/b} []"), storages(file));
    assertEquals(
        List.of(
            "storage.cfg:4:1: error: storage `tank` is defined twice: Proxmox ignores the section"
                + " in line 1"),
        problems(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          btrfs: local;\tpath /var/lib/vz ! 1:1: error: Proxmox replaces this `local` by a `dir` at `/var/lib/vz`
          dir: local;\tpath /srv ! 2:2: error: Proxmox replaces this `local` by a `dir` at `/var/lib/vz`
          dir: local;\tpath /var/lib/vz;\tnodes pve1 ! 3:2: warning: `local` is on every node: `nodes` is ignored
          dir: local ! -
          """)
  void localIsAlwaysADirectory(String lines, String problem) {
    ParsedFile file = parse(lines.replace(';', '\n'));
    assertEquals(
        problem.equals("-") ? List.of() : List.of("storage.cfg:" + problem), problems(file));
    StorageDefinition local = file.storages().get(0).storage();
    assertEquals("dir", local.type());
    assertEquals("/var/lib/vz", local.option("path"));
    assertEquals(List.of(), local.hosts());
  }

  @Test
  void localKeepsItsOtherProperties() {
    ParsedFile file = parse("dir: local\n\tpath /var/lib/vz\n\tcontent iso\n");
    assertEquals("iso", file.storages().get(0).storage().option("content"));
  }

  @Test
  void catalogHasLocalWithoutADefinition() {
    assertEquals(
        "/var/lib/vz", TestStorages.catalog("").find("local").orElseThrow().option("path"));
    assertTrue(TestStorages.catalog("").isGiven());
  }

  private static String slice(ParsedFile file, Optional<Span> span) {
    return span.map(file.source()::slice).orElse("-");
  }

  @Test
  void positionsAreThoseOfTheDecidingText() {
    ParsedFile file =
        parse("dir: tank\n\tpath /a\n\nbtrfs: cows\n\tpath /b\n\tnocow 1 \n\tshared 1");
    Positions tank = file.storages().get(0).positions();
    Positions cows = file.storages().get(1).positions();
    assertEquals("dir: tank", slice(file, tank.subject()));
    assertEquals("dir", slice(file, tank.field(Field.STORAGE_DIRECT_BY_DEFAULT)));
    assertEquals("path /a", slice(file, tank.field(Field.STORAGE_PATH)));
    assertEquals("-", slice(file, tank.field(Field.STORAGE_NOCOW_OPTION)));
    assertEquals("nocow 1", slice(file, cows.field(Field.STORAGE_NOCOW_OPTION)));
    assertEquals("nocow 1", slice(file, cows.field(Field.STORAGE_DIRECT_BY_DEFAULT)));
    assertEquals("btrfs", slice(file, cows.field(Field.STORAGE_FILESYSTEM)));
    assertEquals("\tshared 1", slice(file, cows.syntax("", "cows", "line:shared")));
  }

  @ParameterizedTest
  @CsvSource({"LF", "CRLF"})
  void propertyLineCanBeTakenOut(String ending) {
    String newline = ending.equals("LF") ? "\n" : "\r\n";
    String text = "btrfs: cows|\tpath /b|\tnocow 1|\tshared 1|".replace("|", newline);
    ParsedFile file = parse(text);
    Span line = file.storages().get(0).positions().syntax("", "cows", "line:nocow").orElseThrow();
    assertEquals(
        "btrfs: cows|\tpath /b|\tshared 1|".replace("|", newline),
        Edits.of(List.of(new Edit(line, ""))).applyTo(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          storage.cfg ! '' ! true
          /etc/pve/storage.cfg ! '' ! true
          mystorage.cfg ! '' ! false
          x ! # pve;;dir: local;\tpath /a ! true
          x ! ZFSPOOL: zfs;  pool rpool ! true
          x ! dir: local;path /a ! false
          x ! dir: local;  path: /a ! false
          x ! dir: local ! false
          100.conf ! cores: 2;memory: 512 ! false
          x.yaml ! kind: Pod;spec: ! false
          """)
  void claimsItsOwnFiles(String path, String lines, boolean expected) {
    assertEquals(expected, format.recognizes(path, lines.replace(';', '\n')));
  }

  @Provide
  Arbitrary<String> lines() {
    return Arbitraries.of(
            "dir: tank",
            "btrfs: cows",
            "local: x",
            "dir: local",
            "odd",
            "",
            " ",
            "\t",
            "#",
            "\r",
            "\tpath /a",
            "\tpath",
            "  nocow 1",
            "\tnocow on",
            "\tcontent none,iso",
            "::",
            "a:b: cc",
            "\tnodes ,;",
            "dir:",
            ": x",
            "\u00e9: \u00fc",
            "\tpath /\ud83d\ude00")
        .list()
        .ofMaxSize(30)
        .map(all -> String.join("\n", all));
  }

  @Property(tries = 2000, seed = "42")
  void junkIsReadWithoutAnException(@ForAll("lines") String text) {
    ParsedFile file = format.parse(SourceText.of("storage.cfg", text));
    for (ParsedStorage storage : file.storages()) {
      assertTrue(VolumeId.isStorageId(storage.storage().id()));
      assertTrue(storage.positions().subject().orElseThrow().end() <= text.length());
      format.locator().locate(storage.storage());
    }
  }
}
