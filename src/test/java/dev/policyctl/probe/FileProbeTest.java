package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.probe.Commands.Ending;
import dev.policyctl.probe.Commands.Output;
import dev.policyctl.probe.Paths.Look;
import dev.policyctl.probe.Paths.State;
import dev.policyctl.source.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FileProbeTest {
  private final Notes notes = new Notes();
  private final List<String> touched = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch never = new CountDownLatch(1);
  private final List<Mount> mounts =
      List.of(
          mount(1, "/", "ext4"), mount(2, "/mnt/dead", "fuse.gone"), mount(3, "/mnt/t", "btrfs"));

  private static Mount mount(int id, String mountPoint, String type) {
    return new Mount(id, 1, "0:" + id, "/", mountPoint, List.of("rw"), type, "x");
  }

  // Stands for a file system whose daemon is gone: whoever touches a path there waits for ever.
  private Look look(String path) throws InterruptedException {
    touched.add(path);
    if (path.startsWith("/mnt/dead") || path.equals("/link-to-dead")) {
      never.await();
    }
    State state = path.contains("absent") ? State.ABSENT : State.FILE;
    if (path.contains("secret")) {
      return new Look(
          State.UNREADABLE, path, OptionalLong.empty(), Optional.empty(), "permission denied");
    }
    boolean directory = path.endsWith("dir") || path.equals("/");
    return new Look(
        directory ? State.DIRECTORY : state,
        path,
        OptionalLong.of(257),
        directory ? Optional.empty() : Optional.of(true),
        "");
  }

  private Output commands(List<String> command) {
    return command.get(0).equals("btrfs")
        ? new Output(Ending.SUCCESS, "ID 300 gen 8 top level 5 path vm\n", "")
        : new Output(Ending.MISSING, "", "");
  }

  private List<HostFile> read(String... paths) {
    Paths interrupted =
        path -> {
          try {
            return look(path);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (Patience patience = new Patience(Duration.ofMillis(100), Duration.ofSeconds(5))) {
      return new FileProbe(mounts, Map.of(), interrupted, this::commands, patience, notes)
          .read(List.of(paths));
    }
  }

  private List<String> said() {
    return notes.inOrder().stream().map(note -> note.at() + ": " + note.message()).toList();
  }

  @Test
  void aMountThatDoesNotAnswerIsTouchedOnceAndNamed() {
    List<HostFile> files =
        assertTimeout(
            Duration.ofSeconds(3),
            () -> read("/mnt/dead/1", "/mnt/dead/2", "/mnt/dead/3", "/srv/good"));
    assertEquals(List.of("/srv/good"), files.stream().map(HostFile::path).toList());
    assertEquals(List.of("/mnt/dead/1", "/mnt/dead", "/srv/good"), touched);
    assertEquals(
        List.of(
            "/mnt/dead/1: is not known: `/mnt/dead` does not answer",
            "/mnt/dead/2: is not known: `/mnt/dead` does not answer",
            "/mnt/dead/3: is not known: `/mnt/dead` does not answer"),
        said());
  }

  @Test
  void aLinkToADeadMountDoesNotSilenceTheMountItLiesOn() {
    List<HostFile> files = read("/link-to-dead", "/srv/good");
    assertEquals(List.of("/srv/good"), files.stream().map(HostFile::path).toList());
    assertEquals(List.of("/link-to-dead: is not known: `/link-to-dead` does not answer"), said());
  }

  @Test
  void aFileThatIsNotMadeYetIsToldByTheNearestDirectory() {
    List<HostFile> files = read("/srv/dir/absent/absent.raw");
    assertEquals(List.of("/srv/dir"), files.stream().map(HostFile::path).toList());
    assertEquals(Optional.of(true), files.get(0).directory());
    assertEquals(Problem.Severity.WARNING, notes.inOrder().get(0).severity());
  }

  @Test
  void whatCannotBeReadIsAnErrorAndLeavesNoFact() {
    assertTrue(read("/srv/secret.raw").isEmpty());
    assertEquals(List.of("/srv/secret.raw: cannot be read: permission denied"), said());
    assertEquals(Problem.Severity.ERROR, notes.inOrder().get(0).severity());
  }

  @Test
  void withoutLsattrTheFlagsOfAFileOnBtrfsAreNotKnown() {
    HostFile file = read("/mnt/t/vm/disk.raw").get(0);
    assertEquals(Optional.empty(), file.noCow());
    assertEquals(OptionalLong.of(257), file.inode());
    assertEquals(OptionalLong.of(300), file.root());
    assertEquals(
        List.of("/mnt/t/vm/disk.raw: its flags are not known: `lsattr` is not there"), said());
  }
}
