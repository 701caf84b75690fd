package dev.policyctl.lint;

import dev.policyctl.format.DefinitionFormat;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Fixes of texts that nobody thought of. */
class AnyTextFixTest {
  private static final FixWorld WORLD = FixWorld.standard();
  private static final DefinitionFormat QEMU = Formats.byName("proxmox-qemu").orElseThrow();
  private static final DefinitionFormat STORAGE = Formats.byName("proxmox-storage").orElseThrow();

  @Property(tries = 300, seed = "4711")
  void machinesAreFixedAndNothingElseIsTouched(@ForAll("machines") String text) {
    FixProperties.assertHold(WORLD, QEMU, text);
  }

  @Property(tries = 200, seed = "4712")
  void storagesAreFixedAndNothingElseIsTouched(@ForAll("storages") String text) {
    FixProperties.assertHold(WORLD, STORAGE, text);
  }

  @Provide
  Arbitrary<String> machines() {
    Arbitrary<String> line =
        Arbitraries.frequencyOf(
            Tuple.of(6, drive()),
            Tuple.of(
                2,
                Arbitraries.of(
                    "",
                    "  ",
                    "#scsi0: tank:1/x.raw,cache=none",
                    "memory: 512",
                    "bios: ovmf",
                    "[PENDING]",
                    "[before]",
                    "[a:b]",
                    "delete: scsi1",
                    " scsi0: indented",
                    "name: \u00e9\ud83d\ude00",
                    "nonsense")));
    return text(line, "\n", "\r\n");
  }

  private static Arbitrary<String> drive() {
    Arbitrary<String> key =
        Arbitraries.of("scsi0", "scsi1", "ide2", "cdrom", "virtio0", "efidisk0", "tpmstate0");
    Arbitrary<String> file =
        Arbitraries.of(
            "tank:100/a.raw", "cows:100/b.raw", "nocow:100/c.qcow2", "thin:vm-1-disk-0", "/dev/x");
    Arbitrary<List<String>> options =
        Arbitraries.of(
                "cache=none",
                "cache=directsync",
                "cache=writeback",
                "cache=unsafe",
                "aio=native",
                "aio=threads",
                "size=1G",
                "media=cdrom",
                "snapshot=1",
                "ro=1",
                "",
                " ",
                "nonsense=1")
            .list()
            .ofMaxSize(4);
    return Combinators.combine(key, file, options, Arbitraries.integers().between(0, 4))
        .as(AnyTextFixTest::drive);
  }

  private static String drive(String key, String file, List<String> options, int at) {
    List<String> parts = new ArrayList<>(options);
    parts.add(Math.min(at, parts.size()), file);
    return key + ": " + String.join(",", parts);
  }

  @Provide
  Arbitrary<String> storages() {
    return text(
        Arbitraries.of(
            "btrfs: one",
            "btrfs: two",
            "dir: three",
            "",
            "  ",
            "\tpath /srv/x",
            "  path /srv/y",
            "\tnocow 1",
            "\tnocow",
            "\tnocow 0",
            "\tnocow yes",
            "# nocow 1",
            "\tcontent images",
            "nocow 1"),
        "\n",
        "\r\n");
  }

  private static Arbitrary<String> text(Arbitrary<String> line, String... endings) {
    return Combinators.combine(
            line.list().ofMinSize(1).ofMaxSize(12),
            Arbitraries.of(endings),
            Arbitraries.of(true, false))
        .as((lines, ending, last) -> String.join(ending, lines) + (last ? ending : ""));
  }
}
