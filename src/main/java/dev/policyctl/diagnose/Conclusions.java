package dev.policyctl.diagnose;

import static dev.policyctl.diagnose.Damage.count;

import dev.policyctl.diagnose.Conclusion.Step;
import dev.policyctl.diagnose.Conclusion.Weight;
import dev.policyctl.diagnose.Evidence.Address;
import dev.policyctl.model.Field;
import dev.policyctl.model.Missing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What follows from all lines together: about blocks without a file, pools, limits of the log. */
final class Conclusions {
  private static final int MOST_EXAMPLES = 3;

  private final Evidence evidence;
  private final List<DamagedFile> files;
  private final List<KnownImage> images;
  private final Explainer explainer;
  private final InodeLookup lookup;
  private final List<Conclusion> all = new ArrayList<>();

  Conclusions(
      Evidence evidence,
      List<DamagedFile> files,
      List<KnownImage> images,
      Explainer explainer,
      InodeLookup lookup) {
    this.evidence = evidence;
    this.files = files;
    this.images = images;
    this.explainer = explainer;
    this.lookup = lookup;
  }

  /** The gravest first. */
  List<Conclusion> all(long understood) {
    if (understood == 0) {
      return List.of(nothingKnown());
    }
    blocksWithoutFile();
    moreThanNamed();
    integrity();
    evidence.pools().forEach(this::pool);
    new HardwarePicture(evidence, files).conclusion().ifPresent(all::add);
    limits();
    withoutChecksums();
    if (all.isEmpty() && files.isEmpty()) {
      all.add(Conclusion.note("no damage found", ""));
    }
    all.sort(Comparator.comparing(Conclusion::weight));
    return List.copyOf(all);
  }

  private static Conclusion nothingKnown() {
    return Conclusion.of(
        Weight.WARNING,
        "no line of a kernel log, of scrub, device or pool status was found",
        List.of(),
        "give the output of `journalctl -k`, `btrfs scrub status MOUNT`, `btrfs device stats MOUNT`"
            + " or `zpool status -v`",
        List.of());
  }

  private void blocksWithoutFile() {
    List<Address> blocks = evidence.addressesWithoutFile();
    if (blocks.isEmpty()) {
      return;
    }
    List<String> because = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    for (Address block : blocks.subList(0, Math.min(MOST_EXAMPLES, blocks.size()))) {
      List<String> paths = lookup.pathsAt(block.device(), block.logical());
      paths.forEach(path -> because.add(block.logical() + " belongs to " + Printable.quoted(path)));
      if (paths.isEmpty() && !block.device().isEmpty()) {
        steps.add(Steps.findPathAt(block.device(), block.logical()));
      }
    }
    all.add(
        new Conclusion(
            Weight.ERROR,
            count(blocks.size(), "damaged block")
                + ", from logical "
                + blocks.get(0).logical()
                + ": no line names the file",
            because,
            because.isEmpty()
                ? List.of(
                    new Missing(
                        "files.path", "logical " + blocks.get(0).logical(), "find it as below"))
                : List.of(),
            "the kernel limits how many lines it writes; ask the file system itself",
            steps));
  }

  /** Scrub counts each copy, so that one block on two devices makes two errors. */
  private void moreThanNamed() {
    long named = files.stream().mapToLong(file -> file.damage().blocks()).sum();
    named += evidence.addressesWithoutFile().size();
    long copies = Math.max(1, evidence.devices().size());
    long counted = evidence.scrubs().stream().mapToLong(run -> run.count("csum")).max().orElse(0);
    if (counted <= named * copies) {
      return;
    }
    all.add(
        Conclusion.of(
            named == 0 ? Weight.ERROR : Weight.WARNING,
            "scrub counted "
                + count(counted, "wrong checksum")
                + ", the lines name "
                + count(named, "block")
                + ": other files may be hit",
            List.of(),
            "give the kernel's lines of the time of the scrub, from `journalctl -k`",
            List.of()));
  }

  private void integrity() {
    evidence
        .integrityErrors()
        .forEach(
            (device, sectors) -> {
              List<String> direct = names(image -> isOnPlainStorage(image) && explains(image));
              all.add(
                  Conclusion.of(
                      Weight.ERROR,
                      "dm-integrity refuses "
                          + count(sectors, "read")
                          + " on "
                          + Printable.quoted(device)
                          + (direct.isEmpty()
                              ? ": no known definition explains it"
                              : ": direct writes may explain it"),
                      direct.stream()
                          .map(
                              name ->
                                  name
                                      + " is written with O_DIRECT onto checksums of dm-integrity without a journal")
                          .toList(),
                      direct.isEmpty()
                          ? "give the definitions of this host's guests and its facts; else suspect the hardware"
                          : "write through the page cache, then restore what is unreadable",
                      List.of()));
            });
  }

  private void pool(String name, Evidence.PoolEvidence pool) {
    long refused = Math.max(pool.refusedDirectWrites, pool.refusedDirectEvents);
    String of = name.isEmpty() ? "" : " of pool " + Printable.quoted(name);
    if (refused > 0) {
      List<String> because = new ArrayList<>();
      because.add("the memory changed while it was written; nothing wrong reached the disks");
      names(Conclusions::isVerifiedDirect)
          .forEach(image -> because.add(image + " is written direct there"));
      all.add(
          Conclusion.of(
              Weight.ERROR,
              "OpenZFS refused "
                  + count(refused, "direct write")
                  + of
                  + ": the writer got an I/O error",
              because,
              "write through the page cache, or set `direct=disabled` on the dataset",
              name.isEmpty()
                  ? List.of()
                  : List.of(
                      new Step(
                          "or send all direct writes of the pool through the ARC",
                          "zfs set direct=disabled " + Printable.shellWord(name)))));
    }
    long named = files.stream().filter(file -> file.device().equals(name)).count();
    if (pool.dataErrors > 0 && named == 0) {
      all.add(
          Conclusion.of(
              Weight.ERROR,
              count(pool.dataErrors, "data error") + of + ": no line names the file",
              List.of(),
              "give the output of `zpool status -v`",
              List.of()));
    }
  }

  private void limits() {
    if (evidence.suppressed() > 0) {
      all.add(
          Conclusion.note(
              "the log leaves out "
                  + count(evidence.suppressed(), "line")
                  + ": counts are lower bounds",
              "other files may be hit: a scrub names them again"));
    }
    if (evidence.isBeyondLimit()) {
      all.add(
          Conclusion.note(
              "there are more damaged files or blocks than are listed",
              "that many at once speak for the hardware"));
    }
  }

  /** What has no checksum is never found wrong: copies that differ pass every scrub. */
  private void withoutChecksums() {
    boolean clean = evidence.scrubs().stream().allMatch(run -> run.errors() == 0);
    long sectors =
        evidence.scrubs().stream().mapToLong(run -> run.count("no_csum")).max().orElse(0);
    if (!clean || sectors == 0) {
      return;
    }
    List<String> because =
        names(Conclusions::isUncheckedCopy).stream()
            .map(name -> name + " has copies and no checksums")
            .toList();
    all.add(
        Conclusion.of(
            because.isEmpty() ? Weight.NOTE : Weight.WARNING,
            "scrub found nothing wrong, but cannot judge "
                + count(sectors, "sector")
                + " without a checksum",
            because,
            "their copies may differ all the same; `policyctl lint` names such images",
            List.of()));
  }

  private List<String> names(Predicate<KnownImage> which) {
    return images.stream().filter(which).map(KnownImage::words).distinct().toList();
  }

  private boolean explains(KnownImage image) {
    return explainer.judge(image).explanation() == Explanation.DEFINITION;
  }

  private static boolean isOnPlainStorage(KnownImage image) {
    Optional<String> filesystem = image.values().get(Field.STORAGE_FILESYSTEM).ifKnown();
    return filesystem
        .filter(name -> !name.equals("btrfs") && !name.equals("zfs") && !name.equals("bcachefs"))
        .isPresent();
  }

  private static boolean isVerifiedDirect(KnownImage image) {
    boolean direct =
        image.values().get(Field.VOLUME_IO_DIRECT).is(true)
            || image.values().get(Field.STORAGE_ALWAYS_DIRECT).is(true);
    return direct && image.values().get(Field.STORAGE_DIRECT_WRITES).is("verified");
  }

  private static boolean isUncheckedCopy(KnownImage image) {
    return image.values().get(Field.STORAGE_CHECKSUMS).is(false)
        && image.values().get(Field.STORAGE_REDUNDANT).is(true);
  }
}
