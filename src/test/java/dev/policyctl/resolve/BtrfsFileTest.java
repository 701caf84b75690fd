package dev.policyctl.resolve;

import static dev.policyctl.resolve.World.btrfs;
import static dev.policyctl.resolve.World.dir;
import static dev.policyctl.resolve.World.missing;
import static dev.policyctl.resolve.World.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Placement;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.model.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decides whether a file on btrfs is copy-on-write and checksummed. */
class BtrfsFileTest {
  private static final String IMAGE = "/mnt/t/images/100/vm-100-disk-0/disk.raw";

  private static String mounted(String options) {
    return "filesystems: [{mountPoint: /mnt/t, type: btrfs"
        + (options.equals("-") ? "" : ", options: [rw, " + options + "]")
        + "}]";
  }

  private static String listed(String flag) {
    return "files: [{path: " + IMAGE + ", noCow: " + flag + "}]";
  }

  @ParameterizedTest
  @CsvSource({
    // flag, mount options, cow, checksums
    "true, ssd, false, false",
    "true, nodatasum, false, false",
    "false, ssd, true, true",
    "false, 'nodatasum, nodatacow', true, true",
    "false, nodatacow, true, true",
    "false, nodatasum, true, ?",
    "false, -, true, ?",
  })
  void flagOfTheFileDecidesFirst(String flag, String options, String cow, String checksums) {
    Values values = World.volume(mounted(options) + ", " + listed(flag), dir(IMAGE));
    assertEquals(cow, text(values, Field.STORAGE_COW));
    assertEquals(checksums, text(values, Field.STORAGE_CHECKSUMS));
  }

  @ParameterizedTest
  @CsvSource({
    // mount options, cow, checksums
    "ssd, true, true",
    "compress=zstd:3, true, true",
    "nodatasum, true, false",
    "nodatacow, false, false",
    "'nodatasum, nodatacow', false, false",
    "-, ?, ?",
  })
  void mountOptionsDecideWhenNothingIsKnownOfTheFile(String options, String cow, String checksums) {
    Values values = World.volume(mounted(options), dir(IMAGE));
    assertEquals(cow, text(values, Field.STORAGE_COW));
    assertEquals(checksums, text(values, Field.STORAGE_CHECKSUMS));
  }

  @ParameterizedTest
  @CsvSource({
    // nocow, format, mount options (none: no facts), cow, checksums
    "false, raw, none, true, true",
    "false, subvol, none, true, true",
    "true, raw, none, ?, ?",
    "true, qcow2, none, true, true",
    "true, subvol, none, true, true",
    "true, raw, ssd, ?, ?",
    "true, raw, nodatasum, ?, false",
    "true, raw, nodatacow, false, false",
    "true, qcow2, ssd, true, true",
    "false, raw, -, true, true",
  })
  void storageOfTypeBtrfs(
      boolean nocow, String format, String options, String cow, String checksums) {
    String facts = options.equals("none") ? World.NO_FACTS : mounted(options);
    Values values = World.volume(facts, btrfs(IMAGE, nocow, format));
    assertEquals("btrfs", text(values, Field.STORAGE_FILESYSTEM));
    assertEquals(cow, text(values, Field.STORAGE_COW));
    assertEquals(checksums, text(values, Field.STORAGE_CHECKSUMS));
  }

  @Test
  void rawImageOfNocowStorageNeedsItsOwnFlag() {
    Values values = World.volume(World.NO_FACTS, btrfs(IMAGE, true, "raw"));
    assertEquals("storage.cow of local-btrfs", missing(values, Field.STORAGE_COW));
    assertEquals("storage.cow of local-btrfs", missing(values, Field.STORAGE_CHECKSUMS));
    Values listed = World.volume(listed("false"), btrfs(IMAGE, true, "raw"));
    assertEquals("true", text(listed, Field.STORAGE_CHECKSUMS));
  }

  @ParameterizedTest
  @CsvSource({"true, false, false", "false, true, true"})
  void flagOfTheDirectoryPredictsFilesThatAreNotListed(String flag, String cow, String checksums) {
    String folder = IMAGE.substring(0, IMAGE.lastIndexOf('/'));
    String spec =
        mounted("ssd") + ", files: [{path: " + folder + ", directory: true, noCow: " + flag + "}";
    Values values = World.volume(spec + "]", dir(IMAGE));
    assertEquals(cow, text(values, Field.STORAGE_COW));
    assertEquals(checksums, text(values, Field.STORAGE_CHECKSUMS));
    Values own = World.volume(spec + ", {path: " + IMAGE + ", noCow: false}]", dir(IMAGE));
    assertEquals("true", text(own, Field.STORAGE_CHECKSUMS));
  }

  @Test
  void missingFlagOfADirectoryDoesNotOutliveTheMountOption() {
    Values values =
        World.volume(
            mounted("nodatacow") + ", files: [{path: /mnt/t/c, directory: true, noCow: false}]",
            dir("/mnt/t/c"));
    assertEquals("false", text(values, Field.STORAGE_CHECKSUMS));
  }

  @ParameterizedTest
  @CsvSource({"true, raw, false, false", "false, raw, true, true", "true, qcow2, true, true"})
  void nextImageOfAStorageIsMadeAsItsDefinitionSays(
      boolean nocow, String format, String cow, String checksums) {
    Values values = storage(btrfs("/mnt/t", nocow, format), World.NO_FACTS);
    assertEquals(cow, text(values, Field.STORAGE_COW));
    assertEquals(checksums, text(values, Field.STORAGE_CHECKSUMS));
  }

  private static Values storage(Placement placement, String facts) {
    StorageDefinition storage =
        new StorageDefinition("proxmox-storage", "s", "btrfs", List.of(), Map.of());
    return World.resolver(facts).storage(storage, World.hypervisor(false), World.at(placement));
  }

  @ParameterizedTest
  @CsvSource({"btrfs, true, ?", "ext4, false, false"})
  void optionThatDependsOnTheFilesystemIsDecidedByIt(String type, String nocowOption, String cow) {
    Placement dir = dir("/p/a.qcow2");
    Placement pool =
        new Placement(
            "pool",
            dir.type(),
            dir.access(),
            dir.path(),
            Fact.known("qcow2"),
            World.unknownFilesystem("pool"),
            World.unknownFilesystem("pool"),
            Optional.empty());
    String facts = "filesystems: [{mountPoint: /p, type: " + type + ", options: [rw]}]";
    Values values = World.volume(facts, pool);
    assertEquals(nocowOption, text(values, Field.STORAGE_NOCOW_OPTION));
    assertEquals(cow, text(values, Field.STORAGE_COW));
    Values unknown = World.volume(World.NO_FACTS, pool);
    assertEquals("storage.filesystem of pool", missing(unknown, Field.STORAGE_NOCOW_OPTION));
  }

  @ParameterizedTest
  @CsvSource({
    "single, false",
    "raid0, false",
    "dup, true",
    "raid1, true",
    "raid1c3, true",
    "raid1c4, true",
    "raid10, true",
    "raid5, true",
    "raid6, true",
    "'single, raid1', true",
    "'single, raid0', false",
  })
  void redundancyComesFromTheDataProfiles(String profiles, String redundant) {
    String facts =
        "filesystems: [{mountPoint: /mnt/t, type: btrfs, btrfs: {metadataProfiles: [raid1],"
            + " dataProfiles: ["
            + profiles
            + "]}}]";
    Values values = World.volume(facts, dir(IMAGE));
    assertEquals("[" + profiles + "]", text(values, Field.STORAGE_PROFILES));
    assertEquals(redundant, text(values, Field.STORAGE_REDUNDANT));
  }

  @Test
  void profilesThatAreNotKnownLeaveRedundancyOpen() {
    Values values = World.volume(World.NO_FACTS, btrfs(IMAGE, false, "raw"));
    assertEquals("storage.profiles of local-btrfs", missing(values, Field.STORAGE_PROFILES));
    assertEquals("storage.profiles of local-btrfs", missing(values, Field.STORAGE_REDUNDANT));
  }

  @Test
  void reasonsTellTheStory() {
    Values values =
        World.volume(
            mounted("ssd") + ", kernel: {release: 6.8.12-4-pve}, " + listed("false"), dir(IMAGE));
    assertEquals(
        List.of("`/mnt/t` is btrfs", "the file has checksums"),
        values.get(Field.STORAGE_CHECKSUMS).because());
    assertEquals(
        List.of(
            "kernel 6.8.12-4-pve writes in place",
            "`directWrites` in the host's facts would tell of a change that its vendor"
                + " backported"),
        values.get(Field.STORAGE_DIRECT_WRITES).because());
  }
}
