package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.HostFacts.Btrfs;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.model.HostFacts.Layer;
import dev.policyctl.model.HostFacts.Loop;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the probe tells of file systems that are made here, on this kernel. */
class HostProbeRealTest {
  /** Mounts a FUSE file system and never answers a request, until its input ends. */
  private static final String SILENT_FUSE =
      """
      import ctypes, os, sys
      fd = os.open('/dev/fuse', os.O_RDWR)
      options = 'fd=%d,rootmode=40000,user_id=0,group_id=0' % fd
      libc = ctypes.CDLL(None, use_errno=True)
      if libc.mount(b'silent', sys.argv[1].encode(), b'fuse.silent', 0, options.encode()):
          sys.exit(os.strerror(ctypes.get_errno()))
      print('mounted', flush=True)
      sys.stdin.read()
      """;

  @TempDir Path folder;
  private RealDisks disks;

  @BeforeEach
  void open() throws IOException {
    disks = new RealDisks(folder);
  }

  @AfterEach
  void close() throws IOException {
    if (disks != null) {
      disks.close();
    }
  }

  private static ProbeResult probe(Path... paths) {
    return HostProbe.ofThisHost()
        .probe(ProbeRequest.ofThisHost(Stream.of(paths).map(Path::toString).toList()));
  }

  private static HostFile file(Path path) {
    return probe(path).facts().files().get(0);
  }

  private static Filesystem filesystem(Path mountPoint) {
    return probe().facts().filesystems().stream()
        .filter(filesystem -> filesystem.mountPoint().equals(mountPoint.toString()))
        .findFirst()
        .orElseThrow();
  }

  private static Btrfs btrfs(Path mountPoint) {
    return filesystem(mountPoint).btrfs().orElseThrow();
  }

  private static void mkfs(List<String> devices, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mkfs.btrfs", "-q", "-f"));
    command.addAll(List.of(options));
    command.addAll(devices);
    RealDisks.run(command);
  }

  @ParameterizedTest
  @CsvSource({
    "single, dup, 1, crc32c",
    "dup, dup, 1, xxhash",
    "single, raid1, 2, sha256",
    "raid0, raid1, 2, blake2",
    "raid1, raid1, 2, crc32c",
    "raid1c3, raid1c3, 3, crc32c",
    "raid10, raid10, 4, crc32c",
    "raid5, raid1, 3, crc32c"
  })
  void tellsProfilesAndDevices(String data, String metadata, int devices, String checksum)
      throws IOException, InterruptedException {
    List<String> names = disks.disks(devices);
    mkfs(names, "-d", data, "-m", metadata, "--csum", checksum);
    Path mounted = disks.mount(names.get(devices - 1), "noatime", "m");
    Filesystem filesystem = filesystem(mounted);
    Btrfs btrfs = filesystem.btrfs().orElseThrow();
    assertEquals(List.of(data), btrfs.dataProfiles());
    assertEquals(List.of(metadata), btrfs.metadataProfiles());
    assertEquals(OptionalInt.of(devices), btrfs.devices());
    assertEquals(Optional.of(false), btrfs.degraded());
    assertTrue(btrfs.checksum().orElseThrow().startsWith(checksum));
    assertEquals(
        names.stream().map(name -> new Layer(name.substring(5), "loop", Optional.empty())).toList(),
        filesystem.below().orElseThrow());
  }

  @Test
  void tellsBothProfilesOfAnInterruptedConversion() throws IOException, InterruptedException {
    List<String> names = disks.disks(2);
    mkfs(names, "-d", "single", "-m", "raid1");
    Path mounted = disks.mount(names.get(0), "noatime", "m");
    Files.write(mounted.resolve("a"), new byte[120 << 20]);
    RealDisks.run("sync", "-f", mounted.toString());
    RealDisks.run("btrfs", "balance", "start", "-dconvert=raid1,limit=1", mounted.toString());
    assertEquals(List.of("raid1", "single"), btrfs(mounted).dataProfiles());
  }

  @Test
  void tellsThatADeviceIsMissing() throws IOException, InterruptedException {
    List<String> names = disks.disks(1);
    Path second = folder.resolve("second.img");
    Files.copy(folder.resolve("disk0.img"), second);
    String away = RealDisks.run("losetup", "--show", "-f", second.toString()).strip();
    try {
      mkfs(List.of(names.get(0), away), "-d", "raid1", "-m", "raid1");
    } finally {
      RealDisks.run("btrfs", "device", "scan", "--forget", away);
      RealDisks.run("losetup", "-d", away);
    }
    Path mounted = disks.mount(names.get(0), "degraded", "m");
    assertEquals(Optional.of(true), btrfs(mounted).degraded());
    assertEquals(OptionalInt.of(2), btrfs(mounted).devices());
    assertTrue(filesystem(mounted).options().orElseThrow().contains("degraded"));
  }

  @Test
  void tellsDataAndMetadataOfMixedBlockGroups() throws IOException, InterruptedException {
    List<String> names = disks.disks(1);
    mkfs(names, "--mixed");
    Btrfs btrfs = btrfs(disks.mount(names.get(0), "noatime", "m"));
    assertEquals(btrfs.metadataProfiles(), btrfs.dataProfiles());
    assertEquals(1, btrfs.dataProfiles().size());
  }

  @ParameterizedTest
  @CsvSource({"noatime, false", "nodatasum, false", "nodatacow, true", "compress=zstd, false"})
  void tellsTheOptionsAndWhatTheyMakeOfAFile(String option, boolean noCow)
      throws IOException, InterruptedException {
    String disk = disks.disk();
    mkfs(List.of(disk));
    Path mounted = disks.mount(disk, option, "m");
    Path image = Files.createFile(mounted.resolve("disk.raw"));
    assertEquals(Optional.of(noCow), file(image).noCow());
    assertEquals(Optional.of(false), file(mounted).noCow());
    assertTrue(
        filesystem(mounted).options().orElseThrow().stream().anyMatch(o -> o.startsWith(option)));
  }

  @Test
  void tellsTheFlagsOfFilesAndDirectories() throws IOException, InterruptedException {
    String disk = disks.disk();
    mkfs(List.of(disk));
    Path mounted = disks.mount(disk, "noatime", "a mount\nof \\two lines");
    Path nocow = Files.createDirectory(mounted.resolve("no cow"));
    RealDisks.run("chattr", "+C", nocow.toString());
    Path inherits = Files.createFile(nocow.resolve("disk.raw"));
    Path packed = Files.createFile(mounted.resolve("packed\n.raw"));
    RealDisks.run("chattr", "+c", packed.toString());
    Path link = Files.createSymbolicLink(folder.resolve("link"), inherits);
    Path later = nocow.resolve("later.raw");
    List<HostFile> files = probe(inherits, packed, link, later).facts().files();
    assertEquals(
        List.of(inherits.toString(), packed.toString(), link.toString(), nocow.toString()),
        files.stream().map(HostFile::path).limit(4).toList());
    assertEquals(
        List.of(true, false, true, true),
        files.stream().limit(4).map(file -> file.noCow().orElseThrow()).toList());
    assertEquals(
        List.of(false, true, false, false),
        files.stream().limit(4).map(file -> file.compressed().orElseThrow()).toList());
    assertEquals(Optional.of(true), files.get(0).opensDirect());
    assertEquals(Optional.of(true), files.get(3).directory());
  }

  @Test
  void tellsInodeAndSubvolumeOfAFile() throws IOException, InterruptedException {
    String disk = disks.disk();
    mkfs(List.of(disk));
    Path mounted = disks.mount(disk, "noatime", "m");
    Path images = mounted.resolve("images");
    RealDisks.run("btrfs", "-q", "subvolume", "create", images.toString());
    Path guest = images.resolve("100");
    RealDisks.run("btrfs", "-q", "subvolume", "create", guest.toString());
    Path image = Files.createFile(guest.resolve("disk.raw"));
    Path seenInside = disks.mount(disk, "subvol=/images", "inside").resolve("100/disk.raw");
    OptionalLong root =
        OptionalLong.of(
            Long.parseLong(
                RealDisks.run("btrfs", "inspect-internal", "rootid", image.toString()).strip()));
    OptionalLong inode = OptionalLong.of((Long) Files.getAttribute(image, "unix:ino"));
    for (Path path : List.of(image, seenInside)) {
      assertEquals(root, file(path).root());
      assertEquals(inode, file(path).inode());
    }
    assertEquals(OptionalLong.of(5), file(mounted).root());
  }

  @ParameterizedTest
  @CsvSource({"on, true", "off, false"})
  void tellsHowALoopDeviceWritesItsFile(String option, boolean direct)
      throws IOException, InterruptedException {
    String disk = disks.disk();
    mkfs(List.of(disk));
    Path image = disks.mount(disk, "noatime", "m").resolve("disk.raw");
    Files.write(image, new byte[1 << 20]);
    String device = disks.attach(image, "--direct-io=" + option);
    assertEquals(
        Optional.of(new Loop(device.substring("/dev/".length()), direct)), file(image).loop());
  }

  @Test
  void theProofTriesItOnRealBtrfsAndLeavesNothing() throws IOException, InterruptedException {
    String disk = disks.disk();
    mkfs(List.of(disk));
    Path mounted = disks.mount(disk, "noatime", "m");
    ProofResult result = new DirectWriteProof("this").prove(mounted);
    assertNotEquals(ProofResult.Outcome.NOT_TRIED, result.outcome(), result.message());
    assertNotEquals(ProofResult.Outcome.REFUSED, result.outcome(), result.message());
    try (Stream<Path> left = Files.list(mounted)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void goesOnWhereAMountDoesNotAnswer() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/fuse")), "this kernel has no FUSE");
    Path silent = disks.directory("silent");
    Path image = Files.createFile(folder.resolve("disk.raw"));
    Process daemon = new ProcessBuilder("python3", "-c", SILENT_FUSE, silent.toString()).start();
    try (OutputStream input = daemon.getOutputStream()) {
      boolean mounted = daemon.inputReader().readLine() != null;
      Assumptions.assumeTrue(mounted, "python3 cannot mount a FUSE file system");
      disks.undo("umount", "-l", silent.toString());
      ProbeResult result =
          assertTimeout(
              Duration.ofSeconds(15),
              () -> probe(silent.resolve("disk.raw"), image, silent.resolve("other.raw")));
      assertEquals(
          List.of(image.toString()),
          result.facts().files().stream().map(HostFile::path).limit(1).toList());
      assertEquals(
          List.of(silent + "/disk.raw", silent + "/other.raw"),
          result.notes().stream()
              .filter(
                  note -> note.message().equals("is not known: `" + silent + "` does not answer"))
              .map(note -> note.at().path())
              .toList());
      input.flush();
    } finally {
      daemon.destroyForcibly().waitFor();
    }
  }

  @Test
  void tellsAnArrayBelow() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/mdstat")), "this kernel has no MD");
    RealDisks.assumeProgram("mdadm");
    List<String> names = disks.disks(2);
    String array = "/dev/md/policyctl-test";
    RealDisks.run(
        "mdadm",
        "--create",
        array,
        "--run",
        "--level=1",
        "--raid-devices=2",
        "--assume-clean",
        names.get(0),
        names.get(1));
    disks.undo("mdadm", "--stop", array);
    RealDisks.run("mkfs.ext4", "-q", array);
    List<Layer> below = filesystem(disks.mount(array, "noatime", "m")).below().orElseThrow();
    assertEquals(List.of("md-raid1", "loop", "loop"), below.stream().map(Layer::kind).toList());
  }

  @ParameterizedTest
  @CsvSource({"D, false", "J, true"})
  void tellsIntegrityBelow(String mode, boolean journal) throws IOException, InterruptedException {
    RealDisks.assumeProgram("dmsetup");
    Assumptions.assumeTrue(
        Files.exists(Path.of("/dev/mapper/control")), "this kernel has no device mapper");
    RealDisks.assumeProgram("integritysetup");
    String disk = disks.disk();
    RealDisks.run("integritysetup", "format", "--batch-mode", disk);
    List<String> open = new ArrayList<>(List.of("integritysetup", "open", disk, "policyctl-test"));
    if (mode.equals("D")) {
      open.add("--integrity-no-journal");
    }
    RealDisks.run(open);
    disks.undo("integritysetup", "close", "policyctl-test");
    RealDisks.run("mkfs.ext4", "-q", "/dev/mapper/policyctl-test");
    Path mounted = disks.mount("/dev/mapper/policyctl-test", "noatime", "m");
    Layer nearest = filesystem(mounted).below().orElseThrow().get(0);
    assertEquals("dm-integrity", nearest.kind());
    assertEquals(Optional.of(journal), nearest.journal());
  }
}
