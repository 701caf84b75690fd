package dev.policyctl.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.HostFacts;
import dev.policyctl.model.HostFacts.Layer;
import dev.policyctl.source.SourceText;
import dev.policyctl.yaml.YamlReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFactsReaderTest {
  private static final String HEAD =
      "apiVersion: policyctl.dev/v1alpha1\nkind: HostFacts\nmetadata: {name: pve1}\n";

  private static HostFactsReader.Result read(String text) {
    return HostFactsReader.read(SourceText.of("facts.yaml", text));
  }

  private static HostFacts readOne(String spec) {
    HostFactsReader.Result result = read(HEAD + spec);
    assertEquals(List.of(), result.problems());
    assertEquals(1, result.hosts().size());
    return result.hosts().get(0);
  }

  private static List<String> problems(String text) {
    return read(text).problems().stream()
        .map(it -> it.at() + ": " + it.message() + (it.help().isEmpty() ? "" : " | " + it.help()))
        .toList();
  }

  @Test
  void readsEveryFieldOfTheHost() {
    HostFacts facts =
        readOne(
            """
            spec:
              collectedAt: 2026-11-22T10:00:00Z
              kernel: {release: 6.8.12-4-pve}
              zfs: {version: 2.2.6}
              volumeGroups:
                - {name: pve, below: [{name: md0, kind: md-raid1}, {name: i, kind: dm-integrity, journal: no}]}
                - {name: bare, below: []}
                - {name: plain}
              zfsPools:
                - name: tank
                  redundancy: raidz1
                  below: []
                  datasets: [{dataset: tank/vm-1, checksum: "on", direct: always, redundancy: mirror, copies: 2, verify: false}]
              storageClasses: [{name: local-path, path: /opt/local}]
            """);
    assertEquals("pve1", facts.name());
    assertEquals(Optional.of("2026-11-22T10:00:00Z"), facts.collectedAt());
    assertEquals(Optional.of("6.8.12-4-pve"), facts.kernelRelease());
    assertEquals(Optional.of("2.2.6"), facts.zfsVersion());
    assertEquals(
        Optional.of(
            List.of(
                new Layer("md0", "md-raid1", Optional.empty()),
                new Layer("i", "dm-integrity", Optional.of(false)))),
        facts.volumeGroups().get(0).below());
    assertEquals(Optional.of(List.of()), facts.volumeGroups().get(1).below());
    assertEquals(Optional.empty(), facts.volumeGroups().get(2).below());
    HostFacts.Zfs dataset = facts.zfsPools().get(0).datasets().get(0);
    assertEquals(
        new HostFacts.Zfs(
            "tank/vm-1",
            Optional.of("on"),
            Optional.of("always"),
            Optional.of("mirror"),
            OptionalInt.of(2),
            Optional.of(false)),
        dataset);
    assertEquals("/opt/local", facts.storageClasses().get(0).path());
  }

  @Test
  void readsEveryFieldOfMountsAndFiles() {
    HostFacts facts =
        readOne(
            """
            spec:
              filesystems:
                - mountPoint: /mnt/tank
                  source: /dev/sda9
                  type: btrfs
                  options: [rw, compress=zstd:3]
                  btrfs: {uuid: 5b1c-1, dataProfiles: [single, raid1], metadataProfiles: [dup], checksum: crc32c, devices: 2, degraded: true}
                  below: [{name: sda, kind: disk}]
                  directWrites: {value: buffered, evidence: tried it}
                - {mountPoint: /b, type: bcachefs, bcachefs: {dataChecksum: crc32c, dataReplicas: 2}}
              files:
                - {path: /mnt/tank/a.raw, noCow: true, compressed: false, directory: false, opensDirect: true, inode: 257, root: 5, loop: {device: loop0, directIo: true}, directWrites: {value: inPlace, evidence: seen}}
            """);
    HostFacts.Filesystem tank = facts.filesystems().get(0);
    assertEquals(Optional.of(List.of("rw", "compress=zstd:3")), tank.options());
    assertEquals(
        Optional.of(
            new HostFacts.Btrfs(
                Optional.of("5b1c-1"),
                List.of("single", "raid1"),
                List.of("dup"),
                Optional.of("crc32c"),
                OptionalInt.of(2),
                Optional.of(true))),
        tank.btrfs());
    assertEquals(
        Optional.of(new HostFacts.DirectWrites("buffered", "tried it")), tank.directWrites());
    assertEquals(
        Optional.of(new HostFacts.Bcachefs(Optional.of("crc32c"), OptionalInt.of(2))),
        facts.filesystems().get(1).bcachefs());
    assertEquals(
        new HostFacts.HostFile(
            "/mnt/tank/a.raw",
            Optional.of(true),
            Optional.of(false),
            Optional.of(false),
            Optional.of(true),
            OptionalLong.of(257),
            OptionalLong.of(5),
            Optional.of(new HostFacts.Loop("loop0", true)),
            Optional.of(new HostFacts.DirectWrites("inPlace", "seen"))),
        facts.files().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kernel: {release: 6.15}|4:26: `release` must be a string, not a number"
            + " / quote it: `\"6.15\"`; YAML 1.1 reads it as a number",
        "filesystems: [{mountPoint: /, type: zfs, zfs: {dataset: t, checksum: on}}]|"
            + "4:77: `checksum` must be a string, not a boolean"
            + " / quote it: `\"on\"`; YAML 1.1 reads it as a boolean",
        "filesystems: [{mountPoint: /, type: zfs, zfs: {dataset: t, direct: alway}}]|"
            + "4:75: unknown value `alway` of `direct`"
            + " / use `standard`, `always`, `disabled`; did you mean `always`?",
        "filesystems: [{mountPoint: /, type: btrfs, btrfs: {dataProfiles: [RAID1]}}]|"
            + "4:74: unknown value `RAID1` of `dataProfiles` / use `single`, `dup`, `raid0`,"
            + " `raid1`, `raid1c3`, `raid1c4`, `raid10`, `raid5`, `raid6`; did you mean `raid1`?",
        "filesystems: [{mountPoint: mnt, type: x}]|4:35: `mountPoint` must be an absolute path, not"
            + " `mnt` / begin it with `/`",
        "filesystems: [{type: x}]|4:23: `filesystems[]` lacks `mountPoint` / add `mountPoint:`",
        "files: [{path: /a, inode: -1}]|4:34: `inode` must not be negative",
        "files: [{path: /a, inode: 99999999999999999999}]|4:34: `inode` must be a decimal number",
        "files: [{path: /a, loop: {device: loop0}}]|4:33: `loop` lacks `directIo` / add"
            + " `directIo:`",
        "files: [{path: /a, directWrites: {value: inplace, evidence: x}}]|4:49: unknown value"
            + " `inplace` of `value` / use `inPlace`, `buffered`, `bounced`, `verified`, `refused`;"
            + " did you mean `inPlace`?",
        "files: {path: /a}|4:15: `files` must be a list, not a mapping",
        "volumeGroups: [{name: a, below: none}]|4:40: `below` must be a list, not a string",
        "kernel: {release: a, release: b}|4:29: `release` stands twice / remove one",
        "filesystem: []|4:8: unknown key `filesystem` in `spec` / known are `collectedAt`,"
            + " `kernel`, `zfs`, `filesystems`, `files`, `volumeGroups`, `zfsPools`,"
            + " `storageClasses`; did you mean `filesystems`?",
      })
  void reportsWithPositionAndHelp(String spec, String expected) {
    assertEquals(
        List.of("facts.yaml:" + expected.replace(" / ", " | ")),
        problems(HEAD + "spec: {" + spec + "}\n"));
  }

  @Test
  void refusesOtherDocuments() {
    assertEquals(
        List.of(
            "facts.yaml:1:13: unknown value `v1` of `apiVersion` | use `policyctl.dev/v1alpha1`",
            "facts.yaml:2:7: unknown value `ConfigMap` of `kind` | use `HostFacts`"),
        problems("apiVersion: v1\nkind: ConfigMap\n"));
    assertEquals(
        List.of("facts.yaml:1:1: `HostFacts` must be a mapping, not a list"), problems("[1]"));
    assertEquals(
        List.of(
            "facts.yaml:1:1: `HostFacts` lacks `apiVersion` | add `apiVersion:`",
            "facts.yaml:1:1: `HostFacts` lacks `kind` | add `kind:`"),
        problems("spec: {}\n"));
  }

  @Test
  void refusesOneHostTwiceAndNone() {
    String document = HEAD + "spec: {}\n";
    HostFactsReader.Result twice = read(document + "---\n" + document.replace("pve1", "pve2"));
    assertEquals(2, twice.hosts().size());
    assertEquals(
        List.of("facts.yaml:8:18: the facts of host `pve1` stand twice"),
        problems(document + "---\n" + document));
    assertEquals(
        List.of("facts.yaml:3:18: `name` is empty"), problems(document.replace("pve1", "\"\"")));
    assertEquals(List.of(), read(document.replace("pve1", "\"\"")).hosts());
  }

  @Test
  void acceptsWhatTheApiServerKeepsInMetadata() {
    String text =
        HEAD.replace("{name: pve1}", "{name: pve1, uid: u, labels: {a: b}, generation: 3}");
    assertEquals(List.of(), problems(text + "spec: {}\n"));
  }

  @Test
  void readsJson() {
    HostFactsReader.Result result =
        read(
            "{\"apiVersion\": \"policyctl.dev/v1alpha1\", \"kind\": \"HostFacts\", \"metadata\":"
                + " {\"name\": \"h\"}, \"spec\": {\"kernel\": {\"release\": \"6.15\"}}}");
    assertEquals(List.of(), result.problems());
    assertEquals(Optional.of("6.15"), result.hosts().get(0).kernelRelease());
  }

  @Test
  void tellsItsDocumentsFromOthers() {
    List<dev.policyctl.yaml.YamlNode> documents =
        YamlReader.read(
                SourceText.of("x", HEAD + "---\napiVersion: v1\nkind: HostFacts\n---\n[kind]\n"))
            .documents();
    assertTrue(HostFactsReader.isHostFacts(documents.get(0)));
    assertFalse(HostFactsReader.isHostFacts(documents.get(1)));
    assertFalse(HostFactsReader.isHostFacts(documents.get(2)));
  }
}
