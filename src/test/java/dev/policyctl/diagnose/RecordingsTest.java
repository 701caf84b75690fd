package dev.policyctl.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.source.SourceText;
import dev.policyctl.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was recorded on real systems, and what people published, gives the known diagnosis. */
class RecordingsTest {
  private static final String RAW_IMAGE = "image path=/mnt/tank/pve/data.raw guest=108";

  @Test
  void proxmoxReportNamesTheImageAndClearsTheDisk() throws IOException {
    Diagnosis diagnosis = report("lxc-raw-2019.log");

    DamagedFile file = onlyFile(diagnosis);
    assertEquals("sda9", file.device());
    assertEquals(OptionalLong.of(308), file.root());
    assertEquals(OptionalLong.of(257), file.inode());
    assertEquals(List.of("data.raw"), file.paths());
    assertEquals(1, file.damage().blocks());
    assertEquals(1, file.damage().lost());
    assertEquals(Explanation.UNKNOWN, file.explanation());
    assertEquals("guest.id", file.conclusion().missing().get(0).field());
    assertEquals(
        List.of("no read, write or flush errors of `sda9`: not the picture of a failing disk"),
        messages(diagnosis));
  }

  @Test
  void proxmoxReportWithItsDefinitionIsExplained() throws IOException {
    DamagedFile file =
        onlyFile(report("lxc-raw-2019.log", RAW_IMAGE + " kernel=?", "image path=/mnt/x/b.raw"));
    assertEquals(Explanation.DEFINITION, file.explanation());
    assertEquals("108", file.owners().get(0).guest());
    assertTrue(
        file.conclusion()
            .because()
            .contains("the kernel is not known and taken as one before 6.15"));
  }

  @Test
  void proxmoxReportWithWritethroughIsNotExplained() throws IOException {
    DamagedFile file = onlyFile(report("lxc-raw-2019.log", RAW_IMAGE + " direct=false"));
    assertEquals(Explanation.NOT_DEFINITION, file.explanation());
  }

  @Test
  void lxdReportTellsHowToFindThePath() throws IOException {
    DamagedFile file = onlyFile(report("lxd-vm-2020.log"));
    assertEquals(OptionalLong.of(450), file.root());
    assertEquals(OptionalLong.of(257), file.inode());
    assertEquals(2, file.damage().blocks());
    assertEquals(Explanation.UNKNOWN, file.explanation());
    String command = file.conclusion().steps().get(0).command();
    assertTrue(command.contains("btrfs inspect-internal inode-resolve 257 "), command);
    assertTrue(command.contains("subvolid-resolve 450 "), command);
    assertTrue(command.contains("/dev/sda5"), command);
  }

  @Test
  void lxdReportIsExplainedWhereTheFactsKnowTheInode() throws IOException {
    String path = "/var/lib/lxd/storage-pools/p/virtual-machines/v/root.img";
    DamagedFile file =
        onlyFile(
            report(
                "lxd-vm-2020.log",
                "image guest=v path=" + path,
                "file root=450 inode=257 path=" + path));
    assertEquals(List.of(path), file.paths());
    assertEquals(Explanation.DEFINITION, file.explanation());
  }

  @Test
  void oldFormLeavesTheSubvolumeUnknown() throws IOException {
    DamagedFile file = onlyFile(report("before-4.x.log"));
    assertEquals("dm-1", file.device());
    assertEquals(OptionalLong.empty(), file.root());
    assertEquals(OptionalLong.of(252784), file.inode());
    assertEquals(Explanation.UNKNOWN, file.explanation());
    assertEquals("files.root", file.conclusion().missing().get(0).field());
  }

  @ParameterizedTest
  @CsvSource({"''", "image path=/mnt/tank/images/100/vm-100-disk-0/disk.raw"})
  void overheatedDiskIsHardware(String image) throws IOException {
    Diagnosis diagnosis = report("overheated-disk-2023.log", image);
    DamagedFile file = onlyFile(diagnosis);
    assertEquals(Explanation.NO_GUEST, file.explanation());
    List<String> messages = messages(diagnosis);
    assertTrue(
        messages.contains("suspect the hardware: 1 damaged file that no definition explains"),
        messages::toString);
    assertTrue(
        messages.contains(
            "scrub counted 60 wrong checksums, the lines name 2 blocks: other files may be hit"),
        messages::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "dmesg.guest-6.1.192.read-csum-failed.txt, 6.1.192, DEFINITION, 4, 0, vda",
    "dmesg.guest-6.1.192.scrub-uncorrectable.txt, 6.1.192, DEFINITION, 6, 0, vda",
    "dmesg.read-repair.raid1.kernel-6.18.44-fc-v657.txt, 6.18.44, NOT_DEFINITION, 10, 10, loop4",
    "dmesg.read-uncorrectable.raid1.kernel-6.18.44-fc-v657.txt, 6.18.44, NOT_DEFINITION, 10, 0, loop4",
    "dmesg.scrub-uncorrectable.raid1.kernel-6.18.44-fc-v657.txt, 6.18.44, NOT_DEFINITION, 3, 0, loop4",
  })
  void kernelLinesNameOneFile(
      String recording,
      String kernel,
      Explanation explanation,
      long blocks,
      long repaired,
      String device)
      throws IOException {
    boolean old = explanation == Explanation.DEFINITION;
    long inode = old ? 257 : 268;
    DamagedFile file =
        onlyFile(
            recording(
                recording,
                "image path=/mnt/lab/f.raw kernel=%s writes=%s"
                    .formatted(kernel, old ? "inPlace" : "buffered"),
                "file path=/mnt/lab/f.raw root=5 inode=" + inode));
    assertEquals(device, file.device());
    assertEquals(blocks, file.damage().blocks());
    assertEquals(repaired, file.damage().repaired());
    assertEquals(explanation, file.explanation());
  }

  @ParameterizedTest
  @CsvSource({
    "btrfs-scrub-status.uncorrectable.progs6.2.txt, 1, 128, 128",
    "btrfs-scrub-status.uncorrectable.progs7.3.txt, 1, 128, 128",
    "btrfs-scrub-status-R.uncorrectable.progs6.2.txt, 1, 128, 128",
    "btrfs-scrub-start-B.uncorrectable.progs6.2.txt, 1, 128, 128",
    "btrfs-scrub-status-per-device.uncorrectable.progs7.3.txt, 2, 64, 64",
    "btrfs-scrub-status.clean.progs6.2.txt, 1, 0, 0",
    "btrfs-scrub-status-R.clean.progs6.2.txt, 1, 0, 0",
    "guest-6.1.192.scrub.single.csum.direct.txt, 1, 1006, 1006",
    "guest-6.1.192.scrub.raid1.csum.direct.txt, 1, 1888, 1888",
    "guest-6.1.192.scrub.raid1.plusC.direct.txt, 1, 0, 0",
    "guest-6.1.192.scrub.raid1.nodatasum.direct.txt, 1, 0, 0",
    "guest-6.1.192.scrub.dup.plusC.direct.txt, 1, 0, 0",
  })
  void scrubIsCounted(String recording, int runs, long csum, long uncorrectable)
      throws IOException {
    Diagnosis diagnosis = recording(recording);
    assertEquals(runs, diagnosis.scrubs().size());
    ScrubRun last = diagnosis.scrubs().get(runs - 1);
    assertEquals(csum, last.count("csum"));
    assertEquals(uncorrectable, last.count("uncorrectable"));
    assertEquals("finished", last.status());
    assertEquals(csum > 0, diagnosis.hasErrors());
  }

  @Test
  void cleanScrubDoesNotClearCopiesWithoutChecksums() throws IOException {
    Diagnosis diagnosis =
        recording(
            "guest-6.1.192.scrub.raid1.plusC.direct.txt",
            "image path=/mnt/lab/f.raw checksums=false redundant=true");
    assertEquals(
        List.of("scrub found nothing wrong, but cannot judge 2304 sectors without a checksum"),
        messages(diagnosis));
    assertEquals(Conclusion.Weight.WARNING, diagnosis.conclusions().get(0).weight());
  }

  @ParameterizedTest
  @CsvSource({
    "btrfs-device-stats.clean.txt, 0, 0, false",
    "btrfs-device-stats.errors.txt, 129, 193, true"
  })
  void deviceCountersAreRead(String recording, long first, long second, boolean errors)
      throws IOException {
    Diagnosis diagnosis = recording(recording);
    assertEquals(
        List.of(
            new DeviceErrors("loop4", 0, 0, 0, first, 0),
            new DeviceErrors("loop5", 0, 0, 0, second, 0)),
        diagnosis.devices());
    assertEquals(errors, diagnosis.hasErrors());
  }

  @ParameterizedTest
  @CsvSource({
    "d.mirror.standard.verify1.direct, OpenZFS refused 29 direct writes of pool `p`: the writer got an I/O error",
    "d.mirror.always.verify1.buffered, OpenZFS refused 14 direct writes of pool `p`: the writer got an I/O error",
    "d.mirror.disabled.verify1.direct, no damage found",
    "v.after-scrub.mirror.standard.verify1.direct, no damage found",
  })
  void poolsThatVerifyKeepNothingWrong(String recording, String message) throws IOException {
    Diagnosis diagnosis = recording("guest-6.1.192-zfs2.3.2.zpool-status-" + recording + ".txt");
    assertEquals(List.of(), diagnosis.files());
    assertEquals(List.of(message), messages(diagnosis));
  }

  @Test
  void poolWithoutVerificationIsExplainedByDirectWrites() throws IOException {
    DamagedFile file =
        onlyFile(
            recording(
                "guest-6.1.192-zfs2.3.2.zpool-status-v.after-scrub.mirror.standard.verify0.direct.txt",
                "image path=/p/f filesystem=zfs writes=inPlace"));
    assertEquals(Explanation.DEFINITION, file.explanation());
  }

  @Test
  void zfsEventsTellOfRefusedWrites() throws IOException {
    Diagnosis diagnosis = recording("guest-6.1.192-zfs2.3.2.zpool-events.dio_verify.txt");
    assertTrue(
        messages(diagnosis)
            .contains("OpenZFS refused 29 direct writes: the writer got an I/O error"),
        () -> messages(diagnosis).toString());
  }

  @Test
  void integrityErrorsAreCounted() throws IOException {
    assertTrue(
        messages(recording("dmesg.guest-6.1.192.dm-integrity.txt"))
            .contains("dm-integrity refuses 3 reads on `dm-1`: no known definition explains it"));
  }

  private static Diagnosis report(String name, String... world) throws IOException {
    return diagnose("fixtures/reports/" + name, world);
  }

  private static Diagnosis recording(String name, String... world) throws IOException {
    return diagnose("fixtures/host/" + name, world);
  }

  private static Diagnosis diagnose(String relative, String... world) throws IOException {
    String text = Files.readString(Shared.path(relative));
    return World.of(world).diagnose(List.of(SourceText.of("log", text)));
  }

  private static DamagedFile onlyFile(Diagnosis diagnosis) {
    assertEquals(1, diagnosis.files().size(), () -> diagnosis.files().toString());
    assertTrue(diagnosis.hasErrors());
    return diagnosis.files().get(0);
  }

  private static List<String> messages(Diagnosis diagnosis) {
    return diagnosis.conclusions().stream().map(Conclusion::message).toList();
  }
}
