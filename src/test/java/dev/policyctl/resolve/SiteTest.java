package dev.policyctl.resolve;

import static dev.policyctl.resolve.World.barePath;
import static dev.policyctl.resolve.World.dir;
import static dev.policyctl.resolve.World.missing;
import static dev.policyctl.resolve.World.text;
import static dev.policyctl.resolve.World.typed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Placement.Device;
import dev.policyctl.model.Placement.DeviceKind;
import dev.policyctl.model.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the place that a definition names to the mount, and what lies below that. */
class SiteTest {
  private static final String MOUNTS =
      """
      filesystems: [
        {mountPoint: /, type: ext4},
        {mountPoint: /mnt/tank/, type: btrfs},
        {mountPoint: /mnt/tank/a, type: xfs},
        {mountPoint: /mnt/tank-b, type: ext3},
        {mountPoint: /mnt/tank/a, type: f2fs},
        {mountPoint: /auto, type: autofs}]
      """;

  @ParameterizedTest
  @CsvSource({
    "/x.raw, ext4",
    "/mnt/x.raw, ext4",
    "/mnt/tank, btrfs",
    "/mnt/tank/x.raw, btrfs",
    "/mnt//tank/./x.raw, btrfs",
    "/mnt/other/../tank/x.raw, btrfs",
    "/mnt/tank/ab/x.raw, btrfs",
    "/mnt/tank/a/x.raw, f2fs",
    "/mnt/tank-b/x.raw, ext3",
    "/mnt/tank-c/x.raw, ext4",
  })
  void longestMountPointOfWholeComponentsHoldsThePath(String path, String filesystem) {
    assertEquals(filesystem, text(World.volume(MOUNTS, dir(path)), Field.STORAGE_FILESYSTEM));
  }

  @Test
  void mountThatIsNotMountedYetTellsNothing() {
    Values values = World.volume(MOUNTS, dir("/auto/x.raw"));
    assertEquals("storage.filesystem of nas", missing(values, Field.STORAGE_FILESYSTEM));
    Values typed = World.volume(MOUNTS, World.btrfs("/auto/x.raw", false, "raw"));
    assertEquals("btrfs", text(typed, Field.STORAGE_FILESYSTEM));
  }

  @Test
  void pathOutsideTheKnownMountsIsUnknown() {
    String facts = "filesystems: [{mountPoint: /mnt/tank, type: btrfs}]";
    Values values = World.volume(facts, barePath("/srv/a.raw"));
    for (Field<?> field :
        List.of(
            Field.STORAGE_FILESYSTEM,
            Field.STORAGE_CHECKSUMS,
            Field.STORAGE_COW,
            Field.STORAGE_PROFILES,
            Field.STORAGE_REDUNDANT,
            Field.STORAGE_DIRECT_WRITES,
            Field.STORAGE_ALWAYS_DIRECT,
            Field.STORAGE_MIRRORED_BELOW)) {
      assertEquals("storage.filesystem of /srv/a.raw", missing(values, field), field.path());
    }
    assertEquals(
        "no mount in the host's facts holds its path: run `policyctl probe` on `pve1` and pass its"
            + " output with `--facts`",
        values.get(Field.STORAGE_FILESYSTEM).whatIsMissing().orElseThrow().help());
  }

  @Test
  void mountIsTrustedBeforeTheType() {
    Values values = World.volume(MOUNTS, World.btrfs("/srv/a.raw", false, "raw"));
    assertEquals("ext4", text(values, Field.STORAGE_FILESYSTEM));
    assertEquals(
        List.of("`/` is ext4, although the storage's type implies btrfs"),
        values.get(Field.STORAGE_FILESYSTEM).because());
    assertEquals("false", text(values, Field.STORAGE_CHECKSUMS));
  }

  @Test
  void networkStorageThatIsOfflineIsNotTheDirectoryItMountsOn() {
    Values values = World.volume(MOUNTS, typed("nfs", "file", "/mnt/pve/nas/a.raw", "nfs"));
    assertEquals("nfs", text(values, Field.STORAGE_FILESYSTEM));
    assertEquals("bounced", text(values, Field.STORAGE_DIRECT_WRITES));
    assertEquals("false", text(values, Field.STORAGE_MIRRORED_BELOW));
  }

  @Test
  void blockDevicesAreNotLookedForAmongMounts() {
    Values values = World.volume(MOUNTS, typed("lvm", "block", "/dev/pve/vm-1", ""));
    assertEquals("", text(values, Field.STORAGE_FILESYSTEM));
  }

  @ParameterizedTest
  @CsvSource({
    // below, mirrored, checksums
    "-, ?, false",
    "'', false, false",
    "'{name: sda, kind: disk}', false, false",
    "'{name: md0, kind: md-raid1}', true, false",
    "'{name: md0, kind: md-raid10}', true, false",
    "'{name: md0, kind: md-raid5}', true, false",
    "'{name: md0, kind: md-raid0}', false, false",
    "'{name: md0, kind: md-linear}', false, false",
    "'{name: drbd0, kind: drbd}', true, false",
    "'{name: m, kind: dm-raid}', true, false",
    "'{name: m, kind: dm-mirror}', true, false",
    "'{name: l, kind: lvm}, {name: md0, kind: md-raid1}', true, false",
    "'{name: i, kind: dm-integrity, journal: false}', false, true",
    "'{name: i, kind: dm-integrity, journal: true}', false, false",
    "'{name: i, kind: dm-integrity}', false, ?",
  })
  void layersBelowPlainStorage(String below, String mirrored, String checksums) {
    String layers = below.equals("-") ? "" : ", below: [" + below + "]";
    Values ext4 =
        World.volume(
            "filesystems: [{mountPoint: /, type: ext4" + layers + "}]", barePath("/a.raw"));
    assertEquals(mirrored, text(ext4, Field.STORAGE_MIRRORED_BELOW));
    assertEquals(checksums, text(ext4, Field.STORAGE_CHECKSUMS));
    Values lvm =
        World.volume(
            "volumeGroups: [{name: pve" + layers + "}]",
            World.device(DeviceKind.VOLUME_GROUP, "pve", "block", "/dev/pve/vm-1"));
    assertEquals(mirrored, text(lvm, Field.STORAGE_MIRRORED_BELOW));
    assertEquals(checksums, text(lvm, Field.STORAGE_CHECKSUMS));
  }

  @Test
  void plainStorageSaysThatNothingIsKnownOfWhatLiesBelow() {
    Values values = World.volume("filesystems: [{mountPoint: /, type: ext4}]", barePath("/a.raw"));
    assertEquals(
        List.of(
            "`/` is ext4",
            "ext4 keeps no checksums of data",
            "what lies below is not known and taken to have none"),
        values.get(Field.STORAGE_CHECKSUMS).because());
    assertEquals("false", text(values, Field.STORAGE_COW));
    assertEquals("false", text(values, Field.STORAGE_REDUNDANT));
    assertEquals("[]", text(values, Field.STORAGE_PROFILES));
    assertEquals("storage.mirroredBelow of /a.raw", missing(values, Field.STORAGE_MIRRORED_BELOW));
  }

  @Test
  void layersCountBelowChecksummingFilesystemsToo() {
    String below =
        "below: [{name: md0, kind: md-raid1}, {name: i, kind: dm-integrity, journal: no}]";
    Values btrfs =
        World.volume(
            "filesystems: [{mountPoint: /, type: btrfs, options: [nodatacow], " + below + "}]",
            barePath("/a.raw"));
    assertEquals("true", text(btrfs, Field.STORAGE_MIRRORED_BELOW));
    assertEquals("true", text(btrfs, Field.STORAGE_CHECKSUMS));
  }

  @ParameterizedTest
  @CsvSource({
    "network, '', false",
    "block, /dev/rbd-pve/f/p/vm-1, false",
    "block, /dev/disk/by-path/ip-10.0.0.1:3260-iscsi-iqn-lun-1, false",
    "block, /dev/sdb, ?",
  })
  void nothingOfThisHostMirrorsNetworkStorage(String access, String path, String mirrored) {
    Values values = World.volume("filesystems: []", typed("x", access, path, ""));
    assertEquals(mirrored, text(values, Field.STORAGE_MIRRORED_BELOW));
    assertEquals("false", text(values, Field.STORAGE_CHECKSUMS));
    assertEquals("false", text(values, Field.STORAGE_COW));
    assertEquals("false", text(values, Field.STORAGE_REDUNDANT));
    assertEquals("[]", text(values, Field.STORAGE_PROFILES));
  }

  @ParameterizedTest
  @CsvSource({
    // properties, redundancy of the pool, checksums, redundant, profiles
    "'checksum: \"on\", redundancy: mirror', stripe, true, true, [mirror]",
    "'checksum: \"off\", redundancy: raidz1', stripe, false, true, [raidz1]",
    "'checksum: sha256, copies: 1', stripe, true, false, [stripe]",
    "'checksum: sha256, copies: 2', stripe, true, true, [stripe]",
    "'checksum: sha256', stripe, true, ?, [stripe]",
    "'direct: always', draid1, ?, true, [draid1]",
  })
  void zfsDataset(
      String properties, String pool, String checksums, String redundant, String profiles) {
    String facts =
        "filesystems: [{mountPoint: /t, type: zfs, zfs: {dataset: t/v, "
            + properties
            + "}}], zfsPools: [{name: t, redundancy: "
            + pool
            + "}]";
    Values values = World.volume(facts, dir("/t/a.raw"));
    assertEquals("true", text(values, Field.STORAGE_COW));
    assertEquals(checksums, text(values, Field.STORAGE_CHECKSUMS));
    assertEquals(redundant, text(values, Field.STORAGE_REDUNDANT));
    assertEquals(profiles, text(values, Field.STORAGE_PROFILES));
  }

  @Test
  void zvolThatIsNotListedInheritsFromTheDatasetAboveIt() {
    String facts =
        """
        zfsPools: [{name: t, redundancy: mirror, below: [], datasets: [
          {dataset: t, checksum: "on"}, {dataset: t/vm, checksum: "off"},
          {dataset: t/vm/disk-2, checksum: sha512}]}]
        """;
    assertEquals("false", checksums(facts, "t/vm/disk-1"));
    assertEquals("true", checksums(facts, "t/vm/disk-2"));
    assertEquals("true", checksums(facts, "t/disk-3"));
    Values values = World.volume(facts, World.device(DeviceKind.ZVOL, "t/vm/disk-1", "block", ""));
    assertEquals("true", text(values, Field.STORAGE_REDUNDANT));
    assertEquals("false", text(values, Field.STORAGE_MIRRORED_BELOW));
  }

  private static String checksums(String facts, String zvol) {
    return text(
        World.volume(facts, World.device(DeviceKind.ZVOL, zvol, "block", "")),
        Field.STORAGE_CHECKSUMS);
  }

  @Test
  void datasetIsFoundByNameWhereverItIsMounted() {
    String facts =
        MOUNTS.replace(
            "filesystems: [",
            "filesystems: [{mountPoint: /z, type: zfs, source: t/s, zfs: {dataset: t/s, checksum:"
                + " \"off\"}},");
    Placement placement = World.device(DeviceKind.DATASET, "t/s", "file", "/t/s");
    Values values = World.volume(facts, placement);
    assertEquals("zfs", text(values, Field.STORAGE_FILESYSTEM));
    assertEquals("false", text(values, Field.STORAGE_CHECKSUMS));
    Values absent = World.volume(MOUNTS, World.device(DeviceKind.DATASET, "t/x", "file", "/t/x"));
    assertEquals("zfs", text(absent, Field.STORAGE_FILESYSTEM));
  }

  @Test
  void storageClassLiesWhereTheHostMakesItsVolumes() {
    Missing path = new Missing("storage.path", "local-path", "say where");
    Placement placement =
        new Placement(
            "local-path",
            Fact.known("rancher.io/local-path"),
            Fact.unknown(path),
            Fact.unknown(path),
            Fact.known("raw"),
            Fact.known(false),
            Fact.unknown(path),
            Optional.of(new Device(DeviceKind.STORAGE_CLASS, "local-path")));
    String classes = ", storageClasses: [{name: local-path, path: /mnt/tank/local}]";
    Values values = World.volume(MOUNTS.strip() + classes, placement);
    assertEquals("/mnt/tank/local", text(values, Field.STORAGE_PATH));
    assertEquals("file", text(values, Field.STORAGE_ACCESS));
    assertEquals("btrfs", text(values, Field.STORAGE_FILESYSTEM));
    Values unknown = World.volume(MOUNTS, placement);
    assertEquals("storage.path of local-path", missing(unknown, Field.STORAGE_FILESYSTEM));
  }

  @Test
  void volumesOfOneStorageKeepTheirOwnPaths() {
    Resolver resolver = World.resolver(MOUNTS);
    Values first = World.volume(resolver, dir("/mnt/tank/1.raw"));
    Values second = World.volume(resolver, dir("/mnt/tank/2.raw"));
    Values elsewhere = World.volume(resolver, dir("/srv/3.raw"));
    assertEquals("/mnt/tank/1.raw", text(first, Field.STORAGE_PATH));
    assertEquals("/mnt/tank/2.raw", text(second, Field.STORAGE_PATH));
    assertEquals("btrfs", text(second, Field.STORAGE_FILESYSTEM));
    assertEquals("ext4", text(elsewhere, Field.STORAGE_FILESYSTEM));
  }

  @Test
  void whatIsKnownOfOneFileIsNotSaidOfItsNeighbours() {
    String mount = "filesystems: [{mountPoint: /m, type: btrfs, options: [rw]}], files: [";
    Resolver resolver = World.resolver(mount + "{path: /m/1.raw, noCow: true}]");
    assertEquals("true", text(World.volume(resolver, dir("/m/2.raw")), Field.STORAGE_COW));
    assertEquals("false", text(World.volume(resolver, dir("/m/1.raw")), Field.STORAGE_COW));
    assertEquals("true", text(World.volume(resolver, dir("/m/3.raw")), Field.STORAGE_COW));
    Resolver observed =
        World.resolver(
            mount
                + "{path: /m/d, directory: true, directWrites: {value: bounced, evidence: tried}}]");
    Values inside = World.volume(observed, dir("/m/d/1.raw"));
    assertEquals("bounced", text(inside, Field.STORAGE_DIRECT_WRITES));
    Values outside = World.volume(observed, dir("/m/1.raw"));
    assertEquals("inPlace", text(outside, Field.STORAGE_DIRECT_WRITES));
  }

  /** A scan of all mounts per volume would take minutes. */
  @Test
  void manyMountsDoNotSlowManyVolumes() {
    String mounts =
        String.join(
            ",",
            IntStream.range(0, 2_000)
                .mapToObj(i -> "{mountPoint: /mnt/a/b/c/" + i + ", type: ext4}")
                .toList());
    Resolver resolver = World.resolver("filesystems: [" + mounts + "]");
    assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 100_000; i++) {
            World.volume(resolver, dir("/mnt/a/b/c/" + i % 2_000 + "/images/" + i + "/x.raw"));
          }
        });
  }
}
