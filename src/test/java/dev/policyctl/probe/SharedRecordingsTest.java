package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.HostFacts.Btrfs;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.probe.Commands.Ending;
import dev.policyctl.probe.Commands.Output;
import dev.policyctl.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real hosts said, of kernels 6.1 and 6.18 and OpenZFS 2.3. */
class SharedRecordingsTest {
  private static final String HOST = "fixtures/host/";

  @TempDir Path root;

  private static String recording(String name) throws IOException {
    return Files.readString(Shared.path(HOST + name));
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Filesystem onlyFilesystem() {
    ProbeRequest request = new ProbeRequest(root, List.of(), Optional.of("lab"));
    List<Filesystem> filesystems = HostProbe.ofThisHost().probe(request).facts().filesystems();
    assertEquals(1, filesystems.size());
    return filesystems.get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          single            | single       | single
          dup               | dup          | dup
          raid0             | raid0        | raid1
          raid1             | raid1        | raid1
          raid1c3           | raid1c3      | raid1c3
          raid1c4           | raid1c4      | raid1c4
          raid10            | raid10       | raid10
          raid5             | raid5        | raid1
          raid6             | raid6        | raid1c3
          mixed-bg          | single       | single
          two-data-profiles | raid1 single | raid1
          """)
  void readsTheProfiles(String name, String data, String metadata) throws IOException {
    String folder = "sys/fs/btrfs/24472095-be7e-4420-a9c1-f89c5e49281b/";
    for (String line : recording("sysfs-allocation-dirs." + name + ".txt").lines().toList()) {
      Files.createDirectories(root.resolve(folder + line));
    }
    write(folder + "checksum", recording("sysfs-checksum.xxhash.txt"));
    write("proc/self/mountinfo", recording("mountinfo.default.txt"));
    Btrfs btrfs = onlyFilesystem().btrfs().orElseThrow();
    assertEquals(List.of(data.split(" ", -1)), btrfs.dataProfiles());
    assertEquals(List.of(metadata.split(" ", -1)), btrfs.metadataProfiles());
    assertEquals(Optional.of("xxhash64"), btrfs.checksum());
  }

  @ParameterizedTest
  @CsvSource({
    "compress-force, compress-force=lzo",
    "compress-zstd, compress=zstd:3",
    "default, space_cache=v2",
    "degraded, degraded",
    "nodatacow, nodatacow",
    "nodatasum, nodatasum",
    "ssd-discard, ssd",
    "subvol, subvol=/images"
  })
  void readsMountinfo(String name, String option) throws IOException {
    write("proc/self/mountinfo", recording("mountinfo." + name + ".txt"));
    Filesystem filesystem = onlyFilesystem();
    assertEquals("btrfs", filesystem.type());
    assertEquals(name.equals("subvol") ? "/mnt/lab2" : "/mnt/lab", filesystem.mountPoint());
    assertTrue(filesystem.options().orElseThrow().contains(option));
  }

  @Test
  void readsAWholeFilesystemOfSysfs() throws IOException {
    for (String line : recording("sysfs-fs-btrfs-uuid.tree.txt").lines().toList()) {
      int colon = line.indexOf(": ");
      write(
          "sys/fs/btrfs/24472095/" + line.substring(2, colon),
          line.substring(colon + 2).strip() + "\n");
    }
    write("proc/self/mountinfo", recording("mountinfo.default.txt"));
    assertEquals(
        "Btrfs[uuid=Optional[24472095], dataProfiles=[raid1], metadataProfiles=[raid1],"
            + " checksum=Optional[crc32c], devices=OptionalInt[2], degraded=Optional[false]]",
        onlyFilesystem().btrfs().orElseThrow().toString());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          files-and-dirs,  d-plusC,            true,  false
          files-and-dirs,  d-plain,            false, false
          files-and-dirs,  d-plusC/inherits,   true,  false
          files-and-dirs,  d-plusC/moved,      false, false
          files-and-dirs,  d-plain/plain,      false, true
          files-and-dirs,  d-plain/nocomp,     false, false
          nodatacow-mount, n1,                 true,  false
          nodatacow-mount, nd,                 false, false
          """)
  void readsFlags(String name, String file, boolean noCow, boolean compressed) throws IOException {
    String out = recording("lsattr." + name + ".txt");
    InodeFlags flags =
        InodeFlags.read(command -> new Output(Ending.SUCCESS, out, ""), List.of(file));
    assertEquals(Optional.of(noCow), flags.has(file, 'C'));
    assertEquals(Optional.of(compressed), flags.has(file, 'c'));
  }

  @Test
  void readsSubvolumes() throws IOException {
    Mount mount = new Mount(1, 0, "0:41", "/", "/mnt/lab", List.of(), "btrfs", "/dev/loop4");
    Subvolumes subvolumes = new Subvolumes(recording("btrfs-subvolume-list.txt"));
    assertEquals(OptionalLong.of(257), subvolumes.holding(mount, "/mnt/lab/images/100/disk.raw"));
    assertEquals(OptionalLong.of(258), subvolumes.holding(mount, "/mnt/lab/snap/disk.raw"));
  }

  @ParameterizedTest
  @CsvSource({
    "zpool-status-d.mirror.standard.verify1.direct",
    "zpool-status-v.after-scrub.mirror.standard.verify0.direct",
    "zpool-status-v.after-scrub.mirror.always.verify1.buffered"
  })
  void readsPools(String name) throws IOException {
    String status = recording("guest-6.1.192-zfs2.3.2." + name + ".txt");
    assertEquals(Optional.of("mirror"), PoolStatus.parse(status).get("p").redundancy());
  }

  @Test
  void readsDatasets() throws IOException {
    write("proc/self/mountinfo", recording("guest-6.1.192-zfs2.3.2.mountinfo.zfs.txt"));
    write("sys/module/zfs/parameters/zfs_vdev_direct_write_verify", "1\n");
    write(
        "commands/zpool status -LP.txt",
        recording("guest-6.1.192-zfs2.3.2.zpool-status-d.mirror.disabled.verify1.direct.txt"));
    StringBuilder properties = new StringBuilder();
    for (String line :
        recording("guest-6.1.192-zfs2.3.2.zfs-get-Hp-selected.txt").lines().toList()) {
      properties.append(line, 0, line.lastIndexOf('\t')).append('\n');
    }
    write(
        "commands/zfs get -Hp -o name,property,value -t filesystem,volume"
            + " checksum,copies,direct.txt",
        properties.toString());
    assertEquals(
        "Zfs[dataset=p, checksum=Optional[on], direct=Optional[disabled],"
            + " redundancy=Optional[mirror], copies=OptionalInt[1], verify=Optional[true]]",
        onlyFilesystem().zfs().orElseThrow().toString());
  }
}
