package dev.policyctl.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Logs that are out of order, have holes or are no logs at all. */
class CarefulnessTest {
  private static final String SEED = "20261122";

  private static final List<String> LOG =
      """
      BTRFS warning (device sdc2): checksum error at logical 4096 on dev /dev/sdc2, physical 1, root 311, inode 257, offset 0, length 4096, links 1 (path: disk.raw)
      BTRFS error (device sdc2): unable to fixup (regular) error at logical 4096 on dev /dev/sdc2
      BTRFS warning (device sdc2): csum failed root 311 ino 257 off 8192 csum 0x1 expected csum 0x2 mirror 1
      BTRFS info (device sdc2): read error corrected: ino 257 off 8192 (dev /dev/sdc2 sector 9)
      BTRFS warning (device sdc2): csum failed root 312 ino 257 off 4096 csum 0x1 expected csum 0x2 mirror 1
      BTRFS info (device sdc2): read error corrected: ino 257 off 4096 (dev /dev/sdc2 sector 8)
      BTRFS warning (device sdc2): checksum error at logical 8192 on dev /dev/sdc2, physical 2, root 313, inode 260, offset 0, length 4096, links 1 (path: lone.qcow2)
      BTRFS warning (device sdc2): csum failed root 313 ino 260 off 12288 csum 0x1 expected csum 0x2 mirror 1
      BTRFS warning (device sdc2): checksum error at logical 16384 on dev /dev/sdc2, physical 3, root 5, inode 900, offset 0, length 4096, links 1 (path: home/mail/INBOX)
      BTRFS error (device sdc2): unable to fixup (regular) error at logical 20480 on dev /dev/sdc2
      BTRFS error (device sdc2): unable to fixup (regular) error at logical 24576 on dev /dev/sdc2
      BTRFS error (device sdc2): bdev /dev/sdc2 errs: wr 0, rd 0, flush 0, corrupt 7, gen 0
      BTRFS error (device sdc2): bdev /dev/sdc2 errs: wr 0, rd 2, flush 0, corrupt 9, gen 0
      I/O error, dev sdc, sector 88 op 0x0:(READ)
      scrub_print_common_warning: 7 callbacks suppressed
      """
          .lines()
          .toList();

  private static final World WORLD =
      World.of(
          "image guest=100 path=/mnt/tank/images/100/vm-100-disk-0/disk.raw",
          "image guest=101 path=/mnt/tank/images/101/vm-101-disk-0/disk.raw direct=false",
          "image guest=102 path=/mnt/tank/lone.qcow2",
          "file path=/mnt/tank/images/100/vm-100-disk-0/disk.raw root=311 inode=257",
          "file path=/mnt/tank/images/101/vm-101-disk-0/disk.raw root=312 inode=257");

  @Property(tries = 200, seed = SEED)
  void orderDoesNotMatter(@ForAll long seed) {
    List<String> shuffled = new ArrayList<>(LOG);
    Collections.shuffle(shuffled, new Random(seed));
    assertEquals(withoutPlaces(diagnose(LOG)), withoutPlaces(diagnose(shuffled)));
  }

  @Property(tries = 500, seed = SEED)
  void fewerLinesNeverMakeSurer(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> some = new ArrayList<>(LOG);
    some.removeIf(line -> random.nextInt(3) == 0);
    Collections.shuffle(some, random);
    Map<String, Explanation> all = new HashMap<>();
    diagnose(LOG).files().forEach(file -> all.put(name(file), file.explanation()));

    for (DamagedFile file : diagnose(some).files()) {
      Explanation explanation = file.explanation();
      assertTrue(
          explanation == Explanation.UNKNOWN || explanation == all.get(name(file)),
          () -> name(file) + " is " + explanation + " instead of " + all.get(name(file)));
    }
  }

  @Property(tries = 300, seed = SEED)
  void repeatedLinesChangeNothing(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> repeated = new ArrayList<>(LOG.subList(0, LOG.size() - 2));
    List<String> once = List.copyOf(repeated);
    repeated.add(once.get(random.nextInt(once.size())));
    repeated.add(once.get(random.nextInt(once.size())));
    assertEquals(withoutPlaces(diagnose(once)), withoutPlaces(diagnose(repeated)));
  }

  @Property(tries = 2000, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void junkIsReadWithoutAnException(@ForAll("junk") String text) {
    assertTrue(render(WORLD.diagnose(text)).endsWith("\n"));
  }

  @Provide
  Arbitrary<String> junk() {
    Arbitrary<String> words =
        Arbitraries.of(
            "BTRFS ",
            "btrfs",
            "(device ",
            "sda1",
            ")",
            ": ",
            "csum failed ",
            "root ",
            "ino ",
            "-9 ",
            "off ",
            "logical ",
            "checksum error at logical ",
            "(path: ",
            "\\x",
            "\\xc3",
            "bdev ",
            "errs: ",
            "wr ",
            "9999999999999999999999",
            "0x",
            "-",
            "pool: ",
            "p ",
            "errors: ",
            "following files",
            "NAME STATE READ WRITE CKSUM",
            ":<0x",
            "1.5K ",
            "1e9K ",
            "eid=1 ",
            "class=data ",
            "pool='",
            "bookmark=1:2",
            "[/dev/a].",
            "read_io_errs ",
            "\"device\"",
            "UUID:",
            "scrub status for",
            "scrub done for ",
            "Error summary:",
            "csum=",
            "no_csum: 1 ",
            "corrected errors: ",
            "integrity: dm-1: Checksum failed at sector",
            "Linux version ",
            "6.8.1 ",
            "failed command: ",
            "ata",
            "ata7",
            "XFS (",
            "I/O error, dev ",
            " callbacks suppressed",
            "\n",
            "\n",
            "\r\n",
            "\t",
            " ",
            "\u0000",
            "\ud800",
            "é",
            "inode ",
            "offset ");
    return Arbitraries.oneOf(
        words.list().ofMaxSize(40).map(list -> String.join("", list)),
        Arbitraries.strings().ofMaxLength(200),
        Arbitraries.of(LOG).flatMap(CarefulnessTest::damaged));
  }

  private static Arbitrary<String> damaged(String line) {
    return Arbitraries.integers()
        .between(0, line.length())
        .tuple2()
        .map(
            cut -> {
              int from = Math.min(cut.get1(), cut.get2());
              int to = Math.max(cut.get1(), cut.get2());
              return line.substring(0, from) + line.substring(to) + "\n" + line.substring(from, to);
            });
  }

  private static Diagnosis diagnose(List<String> lines) {
    return WORLD.diagnose(String.join("\n", lines));
  }

  private static String name(DamagedFile file) {
    return file.device() + " " + file.root() + " " + file.inode();
  }

  private static String withoutPlaces(Diagnosis diagnosis) {
    return render(diagnosis)
        .replaceAll("host\\.log:[0-9]+:1", "")
        .replaceAll("[0-9]+ lines? read", "");
  }

  private static String render(Diagnosis diagnosis) {
    StringBuilder out = new StringBuilder();
    try {
      DiagnosisJson.write(diagnosis, new StringBuilder());
      DiagnosisText.write(diagnosis, out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString();
  }
}
