package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountProbeTest {

  /** Mounts are written {@code id>parent:mountPoint}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one below another           | 1>0:/ 2>1:/a 3>2:/a/b       | 1 2 3
          stacked on one point        | 1>0:/ 2>1:/a 3>2:/a         | 1 3
          hidden by a mount above     | 1>0:/ 2>1:/a/b 3>1:/a       | 1 3
          children of a hidden mount  | 1>0:/ 2>1:/a/b 4>2:/a/b/c 3>1:/a | 1 3
          names with a common start   | 1>0:/ 2>1:/ab 3>1:/a        | 1 2 3
          a root over the first root  | 1>1:/ 2>1:/ 3>2:/a          | 2 3
          all under the covered root  | 1>1:/ 3>1:/a 2>1:/          | 2
          parents that are not listed | 7>3:/ 8>7:/a                | 7 8
          a ring of parents           | 1>2:/x 2>1:/y               | 1 2
          """)
  void leavesOutWhatAnotherMountCovers(String what, String mounts, String visible) {
    List<Mount> parsed =
        List.of(mounts.split(" ", -1)).stream().map(MountProbeTest::mount).toList();
    List<String> seen = MountProbe.visible(parsed).stream().map(mount -> "" + mount.id()).toList();
    assertEquals(visible, String.join(" ", seen), what);
  }

  private static Mount mount(String text) {
    String[] parts = text.split("[>:]", 3);
    return new Mount(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        "8:1",
        "/",
        parts[2],
        List.of("rw"),
        "ext4",
        "/dev/sda1");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /a/b/c, /a/b
          /a/b,   /a/b
          /a/bc,  /a
          /x,     /
          """)
  void aPathLiesOnTheNearestMountAbove(String path, String mountPoint) {
    List<Mount> mounts = List.of(mount("1>0:/"), mount("2>1:/a"), mount("3>2:/a/b"));
    assertEquals(Optional.of(mountPoint), MountProbe.holding(mounts, path).map(Mount::mountPoint));
  }

  @Test
  void twoThousandMountsTakeNoTime(@TempDir Path root) throws IOException {
    StringBuilder text = new StringBuilder("1 0 8:1 / / rw - ext4 /dev/sda1 rw\n");
    for (int i = 2; i < 2002; i++) {
      text.append(i).append(" 1 0:").append(i).append(" / /var/lib/kubelet/pods/").append(i);
      text.append("/volume rw,relatime - btrfs /dev/sdb rw,subvolid=5,subvol=/\n");
    }
    Path file = root.resolve("proc/self/mountinfo");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Path allocation = root.resolve("sys/fs/btrfs/5b1c3e0a/allocation/data/raid1");
    Files.createDirectories(allocation);
    ProbeRequest request = new ProbeRequest(root, List.of(), Optional.of("h"));
    ProbeResult result =
        assertTimeout(Duration.ofSeconds(1), () -> HostProbe.ofThisHost().probe(request));
    assertEquals(2001, result.facts().filesystems().size());
    assertEquals(
        List.of("raid1"), result.facts().filesystems().get(7).btrfs().orElseThrow().dataProfiles());
  }
}
