package dev.policyctl.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.model.HostFacts.Btrfs;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.HostFile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsLookupTest {
  private static final FactsLookup LOOKUP =
      new FactsLookup(
          List.of(
              file("/a/one.raw", 5, 257),
              file("/b/two.raw", 5, 257),
              file("/b/link.raw", 5, 300),
              file("/b/also.raw", 5, 300),
              file("/c/three.raw", 5, 400)),
          List.of(
              mount("/", "/dev/sda1", 1),
              mount("/a", "/dev/sdb1", 1),
              mount("/b", "/dev/sdc1", 2),
              mount("/c", "/dev/mapper/pve-data", 1)));

  @ParameterizedTest
  @CsvSource({
    "sdb1, 257, /a/one.raw, each file system numbers anew",
    "sdc1, 257, /b/two.raw, each file system numbers anew",
    "sdd1, 257, /b/two.raw, the second device of two",
    "'',   257, /a/one.raw /b/two.raw, the line names no device",
    "sdc1, 300, /b/also.raw /b/link.raw, hard links",
    "dm-0, 400, /c/three.raw, the kernel's name of a mapped device",
    "sdd1, 400, '', a mapped device has no such name",
    "sdb1, 400, '', another file system's device",
    "sdb1, 401, '', not known",
  })
  void findsOnlyWhatCanBeOnTheDevice(String device, long inode, String paths, String why) {
    assertEquals(paths, String.join(" ", LOOKUP.paths(device, 5, inode)), why);
  }

  private static HostFile file(String path, long root, long inode) {
    return new HostFile(
        path,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.of(inode),
        OptionalLong.of(root),
        Optional.empty(),
        Optional.empty());
  }

  private static Filesystem mount(String mountPoint, String source, int devices) {
    Btrfs btrfs =
        new Btrfs(
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            OptionalInt.of(devices),
            Optional.empty());
    return new Filesystem(
        mountPoint,
        Optional.of(source),
        "btrfs",
        Optional.empty(),
        Optional.of(btrfs),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
