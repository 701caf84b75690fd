package dev.policyctl.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.model.HostFacts;
import dev.policyctl.model.HostFacts.Bcachefs;
import dev.policyctl.model.HostFacts.Btrfs;
import dev.policyctl.model.HostFacts.DirectWrites;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.model.HostFacts.Layer;
import dev.policyctl.model.HostFacts.Loop;
import dev.policyctl.model.HostFacts.StorageClassPath;
import dev.policyctl.model.HostFacts.VolumeGroup;
import dev.policyctl.model.HostFacts.Zfs;
import dev.policyctl.model.HostFacts.ZfsPool;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HostFactsRoundTripTest {
  private static final List<String> ODD =
      List.of(
          "on",
          "y",
          "No",
          "~",
          "null",
          "1.10",
          "6.15",
          "0o14",
          "0x1F",
          "1e3",
          "1:30",
          "1_000",
          ".inf",
          "2026-11-22",
          "2026-11-22T10:00:00Z",
          "",
          " ",
          " x",
          "x ",
          "a: b",
          "a:",
          ":a",
          "a #b",
          "#a",
          "- a",
          "-",
          "?",
          "[a]",
          "{a",
          "a,b",
          "'",
          "\"",
          "\\",
          "a\nb",
          "\r\n",
          "\t",
          "\u0000",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "ünï/日本",
          "😀",
          "%",
          "@",
          "`",
          "*a",
          "&a",
          "!a",
          "|",
          ">",
          "---",
          "...",
          "<<",
          "=");

  private static String written(HostFacts facts) {
    StringBuilder out = new StringBuilder();
    try {
      HostFactsWriter.write(facts, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString();
  }

  @Property(tries = 400, seed = "20261124")
  void whatIsWrittenReadsBackEqual(@ForAll("hosts") HostFacts facts) {
    String text = written(facts);
    HostFactsReader.Result result = HostFactsReader.read(SourceText.of("f.yaml", text));
    assertEquals(List.of(), result.problems(), text);
    assertEquals(List.of(facts), result.hosts(), text);
  }

  @Test
  void isReadableByAPerson() {
    String text =
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: HostFacts
        metadata: {name: pve1}
        spec:
          collectedAt: 2026-11-22T10:00:00Z
          kernel: {release: 6.8.12-4-pve}
          zfs: {version: "2.3"}
          filesystems:
            - mountPoint: /mnt/tank
              source: /dev/sda9
              type: btrfs
              options: [rw, compress=zstd:3]
              btrfs: {uuid: 5b1c, dataProfiles: [raid1], metadataProfiles: [raid1], checksum: crc32c, devices: 2}
            - mountPoint: /tank/vm
              type: zfs
              zfs: {dataset: tank/vm, checksum: "on", direct: standard, redundancy: mirror}
              below: []
          files:
            - {path: /mnt/tank/disk.raw, noCow: false, loop: {device: loop0, directIo: false}}
          volumeGroups:
            - {name: pve, below: [{name: md0, kind: md-raid1}]}
          zfsPools:
            - name: tank
              redundancy: mirror
              datasets:
                - {dataset: tank/vm-1, copies: 2}
          storageClasses:
            - {name: local-path, path: /opt/local-path-provisioner}
        """;
    HostFactsReader.Result result = HostFactsReader.read(SourceText.of("f.yaml", text));
    assertEquals(List.of(), result.problems());
    assertEquals(text, written(result.hosts().get(0)));
  }

  @Provide
  Arbitrary<HostFacts> hosts() {
    return Combinators.combine(
            strings().filter(name -> !name.isEmpty()),
            strings().optional(),
            strings().optional(),
            strings().optional(),
            filesystems().list().ofMaxSize(3),
            files().list().ofMaxSize(3),
            Combinators.combine(strings(), below()).as(VolumeGroup::new).list().ofMaxSize(2))
        .as(
            (name, at, kernel, version, filesystems, files, groups) ->
                new HostFacts(
                    name, at, kernel, version, filesystems, files, groups, List.of(), List.of()))
        .flatMap(
            host ->
                Combinators.combine(
                        pools().list().ofMaxSize(2),
                        Combinators.combine(strings(), paths())
                            .as(StorageClassPath::new)
                            .list()
                            .ofMaxSize(2))
                    .as(
                        (pools, classes) ->
                            new HostFacts(
                                host.name(),
                                host.collectedAt(),
                                host.kernelRelease(),
                                host.zfsVersion(),
                                host.filesystems(),
                                host.files(),
                                host.volumeGroups(),
                                pools,
                                classes)));
  }

  private static Arbitrary<String> strings() {
    return Arbitraries.oneOf(
        Arbitraries.of(ODD),
        Arbitraries.strings().ascii().ofMaxLength(12),
        Arbitraries.strings()
            .all()
            .ofMaxLength(8)
            .map(text -> text.codePoints().filter(HostFactsRoundTripTest::isText).toArray())
            .map(points -> new String(points, 0, points.length)));
  }

  private static boolean isText(int codePoint) {
    return codePoint < 0xD800 || codePoint > 0xDFFF;
  }

  private static Arbitrary<String> paths() {
    return strings().map(name -> "/" + name);
  }

  private static Arbitrary<OptionalInt> counts() {
    return Arbitraries.integers()
        .between(0, Integer.MAX_VALUE)
        .optional()
        .map(it -> it.map(OptionalInt::of).orElse(OptionalInt.empty()));
  }

  private static Arbitrary<OptionalLong> numbers() {
    return Arbitraries.longs()
        .between(0, Long.MAX_VALUE)
        .optional()
        .map(it -> it.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }

  private static Arbitrary<Optional<Boolean>> flags() {
    return Arbitraries.of(true, false).optional();
  }

  private static Arbitrary<Optional<List<Layer>>> below() {
    return Combinators.combine(strings(), strings(), flags())
        .as(Layer::new)
        .list()
        .ofMaxSize(2)
        .optional();
  }

  private static Arbitrary<Optional<DirectWrites>> directWrites() {
    return Combinators.combine(Arbitraries.of("inPlace", "refused"), strings())
        .as(DirectWrites::new)
        .optional();
  }

  private static Arbitrary<List<String>> profiles() {
    return Arbitraries.of("single", "raid1", "raid1c4").list().ofMaxSize(2);
  }

  private static Arbitrary<Zfs> zfs() {
    return Combinators.combine(
            strings(),
            strings().optional(),
            Arbitraries.of("standard", "always").optional(),
            strings().optional(),
            counts(),
            flags())
        .as(Zfs::new);
  }

  private static Arbitrary<ZfsPool> pools() {
    return Combinators.combine(strings(), strings().optional(), below(), zfs().list().ofMaxSize(2))
        .as(ZfsPool::new);
  }

  private static Arbitrary<Filesystem> filesystems() {
    Arbitrary<Btrfs> btrfs =
        Combinators.combine(
                strings().optional(),
                profiles(),
                profiles(),
                strings().optional(),
                counts(),
                flags())
            .as(Btrfs::new);
    Arbitrary<Bcachefs> bcachefs =
        Combinators.combine(strings().optional(), counts()).as(Bcachefs::new);
    Arbitrary<Optional<List<String>>> options = strings().list().ofMaxSize(3).optional();
    return Combinators.combine(
            paths(), strings().optional(), strings(), options, btrfs.optional(), zfs().optional())
        .as(
            (path, source, type, some, ofBtrfs, ofZfs) ->
                new Filesystem(
                    path,
                    source,
                    type,
                    some,
                    ofBtrfs,
                    ofZfs,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
        .flatMap(
            it ->
                Combinators.combine(bcachefs.optional(), below(), directWrites())
                    .as(
                        (ofBcachefs, layers, writes) ->
                            new Filesystem(
                                it.mountPoint(),
                                it.source(),
                                it.type(),
                                it.options(),
                                it.btrfs(),
                                it.zfs(),
                                ofBcachefs,
                                layers,
                                writes)));
  }

  private static Arbitrary<HostFile> files() {
    Arbitrary<Optional<Loop>> loop =
        Combinators.combine(strings(), Arbitraries.of(true, false)).as(Loop::new).optional();
    return Combinators.combine(
            paths(), flags(), flags(), flags(), flags(), numbers(), loop, directWrites())
        .as(
            (path, noCow, compressed, directory, opens, inode, device, writes) ->
                new HostFile(
                    path, noCow, compressed, directory, opens, inode, inode, device, writes));
  }
}
