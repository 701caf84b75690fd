package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Below the root of a host that this process does not live in, its own mounts are not the host's.
 */
class OtherMountNamespaceTest {
  private static final String LINE = "22 1 0:20 / %s rw,relatime shared:1 - btrfs /dev/sda1 rw\n";

  @TempDir Path root;

  @Test
  void theMountsAreThoseOfTheHostsFirstProcess() throws Exception {
    write("proc/self/mountinfo", LINE.formatted("/of/the/pod"));
    assertEquals(List.of("/of/the/pod"), mountPoints());
    write("proc/1/mountinfo", LINE.formatted("/of/the/host"));
    assertEquals(List.of("/of/the/host"), mountPoints());
  }

  private void write(String path, String text) throws Exception {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), text);
  }

  private List<String> mountPoints() {
    return HostProbe.ofThisHost()
        .probe(new ProbeRequest(root, List.of(), Optional.of("node")))
        .facts()
        .filesystems()
        .stream()
        .map(filesystem -> filesystem.mountPoint())
        .toList();
  }
}
