package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.model.Change;
import dev.policyctl.model.DeclaredGuest;
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

/**
 * Each {@code CASE.before.EXT} beside what it is after every disk was taken off O_DIRECT, as far as
 * that can be written, and every class off {@code nodatacow}.
 */
class KubernetesFixTest {
  private static final Path FIXES = Path.of("src/test/resources/fixes/kubernetes");
  private static final KubernetesFormat FORMAT = new KubernetesFormat();

  @TestFactory
  List<DynamicTest> writesInTheFilesOwnStyle() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path before : befores()) {
      String name = before.getFileName().toString();
      Path after = before.resolveSibling(name.replace(".before.", ".after."));
      tests.add(DynamicTest.dynamicTest(name, () -> compare(before, after)));
      tests.add(DynamicTest.dynamicTest(name + " twice", () -> fixTwice(before)));
      tests.add(DynamicTest.dynamicTest(name + " with CRLF", () -> fixCrlf(before, after)));
      tests.add(DynamicTest.dynamicTest(name + " one by one", () -> fixOneByOne(before)));
    }
    assertTrue(tests.size() > 20);
    return tests;
  }

  private static List<Path> befores() throws IOException {
    try (Stream<Path> all = Files.list(FIXES)) {
      return all.filter(path -> path.toString().contains(".before.")).sorted().toList();
    }
  }

  private static void compare(Path before, Path after) throws IOException {
    String fixed = fixed(Files.readString(before));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(after, fixed);
    }
    assertEquals(Files.readString(after), fixed);
  }

  private static void fixTwice(Path before) throws IOException {
    String fixed = fixed(Files.readString(before));
    assertEquals(fixed, fixed(fixed));
  }

  private static void fixCrlf(Path before, Path after) throws IOException {
    String crlf = Files.readString(before).replace("\n", "\r\n");
    assertEquals(Files.readString(after).replace("\n", "\r\n"), fixed(crlf));
  }

  /** Only the disk that is named changes, and of it only its cache and its I/O mode. */
  private static void fixOneByOne(Path before) throws IOException {
    ParsedFile file = parse(Files.readString(before));
    for (Change change : changes(file)) {
      List<Edit> edits = FORMAT.edits(file, change);
      if (!edits.isEmpty() && !change.guest().isEmpty()) {
        ParsedFile fixed = parse(Edits.of(edits).applyTo(file.source().text()));
        assertEquals(without(file, change), without(fixed, change));
        assertEquals(List.of(), fixed.problems());
      }
    }
  }

  private static List<DeclaredGuest> without(ParsedFile file, Change change) {
    return file.guests().stream()
        .map(ParsedGuest::guest)
        .map(
            guest ->
                new DeclaredGuest(
                    guest.format(),
                    guest.id(),
                    guest.name(),
                    guest.host(),
                    guest.bypasses(),
                    guest.volumes().stream().filter(it -> !it.key().equals(change.key())).toList(),
                    guest.options()))
        .toList();
  }

  private static String fixed(String text) {
    ParsedFile file = parse(text);
    List<Edit> edits = new ArrayList<>();
    changes(file).forEach(change -> edits.addAll(FORMAT.edits(file, change)));
    return Edits.of(edits.stream().distinct().toList()).applyTo(text);
  }

  private static ParsedFile parse(String text) {
    return FORMAT.parse(SourceText.of("x.yaml", text));
  }

  private static List<Change> changes(ParsedFile file) {
    List<Change> changes = new ArrayList<>();
    for (ParsedGuest guest : file.guests()) {
      for (DeclaredVolume volume : guest.guest().volumes()) {
        changes.add(change(guest.guest().id(), volume.key(), "volume.io.direct", false));
      }
    }
    for (ParsedStorage storage : file.storages()) {
      changes.add(change("", storage.storage().id(), "storage.nocowOption", false));
    }
    return changes;
  }

  private static Change change(String guest, String key, String field, Object value) {
    return new Change(guest, key, "current", Map.of(field, value));
  }

  private static final String MACHINE =
      """
      apiVersion: kubevirt.io/v1
      kind: VirtualMachineInstance
      metadata: {name: vm}
      spec:
        domain:
          devices:
            disks:
            - name: d
              DISK
              disk: {}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # disk                     | change                             | after
          cache: writeback           | volume.io.direct=false             | -
          cache: directsync          | volume.io.direct=false             | -
          cache: none                | volume.io.direct=true              | -
          cache: none                | volume.cache=writethrough          | cache: writethrough
          cache: none                | volume.cache=unsafe                | -
          cache: writeback           | volume.cache=none                  | cache: none
          'shareable: true'          | volume.cache=writeback             | -
          io: native                 | volume.aio=                        | ''
          io: native                 | volume.aio=threads                 | io: threads
          io: native                 | volume.format=raw                  | -
          'cache: none'              | storage.nocowOption=false          | -
          """)
  void writesOtherChanges(String disk, String change, String after) {
    String text = MACHINE.replace("DISK", disk);
    String field = change.substring(0, change.indexOf('='));
    String value = change.substring(change.indexOf('=') + 1);
    Object wanted = value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
    ParsedFile file = parse(text);
    List<Edit> edits = FORMAT.edits(file, change("vm", "d", field, wanted));
    String expected =
        switch (after) {
          case "-" -> text;
          case "" -> MACHINE.replace("        DISK\n", "");
          default -> MACHINE.replace("DISK", after);
        };
    assertEquals(expected, Edits.of(edits).applyTo(text));
  }

  @Test
  void aPreferredNativeIoIsOverruledWithTheCache() {
    String text =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: vm}
        spec:
          preference: {name: p}
          template: {spec: {domain: {devices: {disks: [{name: d}]}}}}
        ---
        apiVersion: instancetype.kubevirt.io/v1beta1
        kind: VirtualMachineClusterPreference
        metadata: {name: p}
        spec: {devices: {preferredDiskIO: native}}
        """;
    assertTrue(fixed(text).contains("[{cache: writeback, io: threads, name: d}]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'shareable: true' | d    | `d` is shareable: the page caches of two machines would not agree
          'cache: writeback' | more | `more` has no entry of its own among `disks`: add one with `cache`
          'cache: none' | gone | the definition does not say how pods open their files
          """)
  void tellsWhyThereIsNoEdit(String disk, String key, String why) {
    String text = MACHINE.replace("DISK", disk) + "  volumes: [{name: more, emptyDisk: {}}]\n";
    Change change = change("vm", key, "volume.io.direct", false);
    assertEquals(List.of(), FORMAT.edits(parse(text), change));
    assertEquals(why, FORMAT.whyNoEdits(parse(text), change));
  }

  @Test
  void ofTwoDisksOfOneNameNoneIsWritten() {
    String text = MACHINE.replace("DISK", "cache: none");
    String both = text + "---\n" + text;
    assertEquals(both, fixed(both));
  }

  @Test
  void aClaimOfTheDisksNameIsNotInTheWay() {
    String text =
        MACHINE.replace("DISK", "cache: none").replace("{name: vm}", "{name: d}")
            + "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: d}\n";
    assertEquals(text.replace("none", "writeback"), fixed(text));
  }
}
