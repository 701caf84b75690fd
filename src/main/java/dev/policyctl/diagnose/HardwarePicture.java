package dev.policyctl.diagnose;

import static dev.policyctl.diagnose.Damage.count;

import dev.policyctl.diagnose.Conclusion.Step;
import dev.policyctl.diagnose.Conclusion.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the errors say of the hardware. Direct writes onto checksums harm the data of the files that
 * are written so, and nothing else: no metadata, no other file, no request of a device.
 */
final class HardwarePicture {
  private final Evidence evidence;
  private final List<DamagedFile> files;

  HardwarePicture(Evidence evidence, List<DamagedFile> files) {
    this.evidence = evidence;
    this.files = files;
  }

  /** Empty when nothing is wrong at all. */
  Optional<Conclusion> conclusion() {
    List<DeviceErrors> corrupted =
        evidence.devices().values().stream().filter(device -> device.corruption() > 0).toList();
    List<String> signs = signs();
    if (!signs.isEmpty()) {
      List<String> because = new ArrayList<>(signs.subList(1, signs.size()));
      where(corrupted).ifPresent(because::add);
      return Optional.of(
          Conclusion.of(
              Weight.ERROR,
              "suspect the hardware: " + signs.get(0),
              because,
              "save what is not backed up before anything else",
              Steps.examine(suspects(corrupted))));
    }
    if (files.isEmpty() && corrupted.isEmpty() && evidence.addressesWithoutFile().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(evidence.devices().isEmpty() ? countersMissing() : healthy(corrupted));
  }

  private List<String> signs() {
    List<String> signs = new ArrayList<>();
    for (DeviceErrors device : evidence.devices().values()) {
      if (device.hasFailed()) {
        signs.add(Printable.quoted(device.name()) + " counts " + failures(device));
      }
    }
    evidence.hardwareSigns().forEach((sign, times) -> signs.add(sign + ": " + times));
    evidence
        .metadataErrors()
        .forEach(
            (device, times) ->
                signs.add(
                    count(times, "metadata error")
                        + (device.isEmpty() ? "" : " on " + Printable.quoted(device))
                        + ": metadata is never written direct"));
    long readErrors = files.stream().mapToLong(file -> file.damage().readErrors()).sum();
    if (readErrors > 0) {
      signs.add("scrub could not read " + count(readErrors, "block"));
    }
    long scrubbed =
        evidence.scrubs().stream()
            .mapToLong(run -> run.count("read") + run.count("verify") + run.count("super"))
            .max()
            .orElse(0);
    if (scrubbed > 0) {
      signs.add(
          "scrub counts " + count(scrubbed, "error") + " in reading, metadata or super blocks");
    }
    long unexplained =
        files.stream()
            .filter(
                file ->
                    file.explanation() == Explanation.NO_GUEST
                        || file.explanation() == Explanation.NOT_DEFINITION)
            .count();
    if (unexplained > 0) {
      signs.add(count(unexplained, "damaged file") + " that no definition explains");
    }
    return signs;
  }

  private static String failures(DeviceErrors device) {
    List<String> words = new ArrayList<>();
    add(words, device.write(), "write error");
    add(words, device.read(), "read error");
    add(words, device.flush(), "flush error");
    add(words, device.generation(), "generation error");
    return String.join(", ", words);
  }

  private static void add(List<String> words, long number, String noun) {
    if (number > 0) {
      words.add(count(number, noun));
    }
  }

  private static Optional<String> where(List<DeviceErrors> corrupted) {
    if (corrupted.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        corrupted.size() == 1
            ? "wrong data on one device, " + Printable.quoted(corrupted.get(0).name())
            : "wrong data on "
                + corrupted.size()
                + " devices: rather memory, controller or power than one disk");
  }

  private List<String> suspects(List<DeviceErrors> corrupted) {
    List<String> failed =
        evidence.devices().values().stream()
            .filter(DeviceErrors::hasFailed)
            .map(DeviceErrors::name)
            .toList();
    return failed.isEmpty() ? corrupted.stream().map(DeviceErrors::name).toList() : failed;
  }

  private static Conclusion healthy(List<DeviceErrors> corrupted) {
    String of = corrupted.size() == 1 ? " of " + Printable.quoted(corrupted.get(0).name()) : "";
    return Conclusion.of(
        Weight.NOTE,
        "no read, write or flush errors" + of + ": not the picture of a failing disk",
        List.of(),
        "",
        List.of());
  }

  private Conclusion countersMissing() {
    List<Step> steps =
        files.stream()
            .filter(file -> file.inode().isPresent() && !file.device().isEmpty())
            .map(DamagedFile::device)
            .distinct()
            .map(Steps::deviceStats)
            .toList();
    return Conclusion.of(
        Weight.NOTE,
        "the devices' error counters are not known: nothing speaks for or against the hardware",
        List.of(),
        "give the output of `btrfs device stats` or `zpool status -v`, too",
        steps);
  }
}
