package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTreeTest {
  private final Notes notes = new Notes();

  @Test
  void whatIsNotThereIsNoProblem(@TempDir Path root) {
    HostTree tree = new HostTree(root, notes);
    assertEquals(Optional.empty(), tree.value("/sys/block/sda/dev"));
    assertEquals(List.of(), tree.list("/sys/block"));
    assertEquals(List.of(), notes.inOrder());
  }

  @Test
  void whatCannotBeReadIsNamedOnce(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("proc/self/mountinfo"));
    HostTree tree = new HostTree(root, notes);
    assertEquals(Optional.empty(), tree.read("/proc/self/mountinfo"));
    assertEquals(Optional.empty(), tree.read("/proc/self/mountinfo"));
    assertEquals(
        List.of("cannot be read: Is a directory"),
        notes.inOrder().stream().map(Problem::message).toList());
  }

  @Test
  void onlyTheLineFeedOfTheKernelIsTakenAway(@TempDir Path root) throws IOException {
    Files.writeString(root.resolve("backing_file"), "/srv/ends with\n \n");
    HostTree tree = new HostTree(root, notes);
    assertEquals(Optional.of("/srv/ends with\n "), tree.value("/backing_file"));
  }
}
