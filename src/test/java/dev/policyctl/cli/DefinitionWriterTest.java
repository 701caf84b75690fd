package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.testing.Programs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file system refuses leaves the file whole and nothing beside it. */
class DefinitionWriterTest {
  private static final String OLD = "scsi0: tank:1/a.raw\n";
  private static final String NEW = "scsi0: tank:1/a.raw,cache=writeback\n";
  private static final String STALE = ".100.conf.policyctl-0123456789abcdef";

  @TempDir Path temporary;
  private Path folder;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    folder = temporary.toRealPath();
    file = Files.writeString(folder.resolve("100.conf"), OLD);
  }

  private static void write(Path path, String expected, String text) throws WriteFailure {
    new DefinitionWriter().write(input(path, path), bytes(expected), bytes(text));
  }

  /**
   * @param named the path on the command line, perhaps a link to the other
   */
  private static InputFile input(Path named, Path real) {
    return InputFile.of(
        real, named.toString(), real.toString(), real.getParent(), Optional.empty(), true);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  /** Fails with this message, and everything is as it was. */
  private void assertRefused(Path path, String expected, String message) throws IOException {
    String before = Files.readString(path);
    List<String> names = names(path.getParent());
    WriteFailure refused =
        assertThrows(WriteFailure.class, () -> write(path, expected, NEW.repeat(2000)));
    assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
    assertEquals(before, Files.readString(path));
    assertEquals(names, names(path.getParent()));
  }

  @Test
  void replacesTheTextAndLeavesNothingBeside() throws Exception {
    write(file, OLD, NEW);
    assertEquals(NEW, Files.readString(file));
    assertEquals(List.of("100.conf"), names(folder));
  }

  @Test
  void keepsModeAndOwnerAndTellsOfTheNewTime() throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x-w-"));
    boolean root = Files.getAttribute(file, "unix:uid").equals(0);
    if (root) {
      Files.setAttribute(file, "unix:uid", 12345);
      Files.setAttribute(file, "unix:gid", 54321);
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    Object before = Files.readAttributes(file, "unix:uid,gid,mode");
    Object inode = Files.getAttribute(file, "unix:ino");
    write(file, OLD, NEW);
    assertEquals(before, Files.readAttributes(file, "unix:uid,gid,mode"));
    assertNotEquals(inode, Files.getAttribute(file, "unix:ino"));
    assertTrue(Files.getLastModifiedTime(file).toMillis() > 1_000_000);
  }

  @Test
  void keepsAccessControlListsAndExtendedAttributes() throws Exception {
    Programs.run(folder, "setfacl", "-m", "u:12345:rw,g:54321:r", "100.conf");
    Programs.run(folder, "setfattr", "-n", "user.note", "-v", "kept", "100.conf");
    String acl = Programs.run(folder, "getfacl", "100.conf");
    String attributes = Programs.run(folder, "getfattr", "-d", "100.conf");
    assertTrue(acl.contains("12345") && attributes.contains("kept"));
    write(file, OLD, NEW);
    assertEquals(acl, Programs.run(folder, "getfacl", "100.conf"));
    assertEquals(attributes, Programs.run(folder, "getfattr", "-d", "100.conf"));
  }

  @Test
  void leavesAFileAloneThatChangedSinceItWasRead() throws Exception {
    assertRefused(file, "scsi0: tank:1/b.raw\n", "it changed since it was read");
  }

  @Test
  void leavesAFileAloneThatWasReplacedByALink() throws Exception {
    Path other = Files.writeString(folder.resolve("other.conf"), OLD);
    Files.delete(file);
    Files.createSymbolicLink(file, other);
    assertRefused(file, OLD, "it changed since it was read");
    assertTrue(Files.isSymbolicLink(file));
  }

  @Test
  void leavesAFileAloneThatIsGone() throws Exception {
    Files.delete(file);
    WriteFailure refused = assertThrows(WriteFailure.class, () -> write(file, OLD, NEW));
    assertEquals("cannot read its attributes: no such file", refused.getMessage());
    assertEquals(List.of(), names(folder));
  }

  @Test
  void doesNotPartHardLinks() throws Exception {
    Files.createLink(folder.resolve("200.conf"), file);
    assertRefused(file, OLD, "it has 2 hard links");
  }

  @Test
  void writesTheTargetOfALinkInTheSameTreeAndOfNoOther() throws Exception {
    Path inside = Files.createDirectory(folder.resolve("a"));
    Path target = Files.writeString(inside.resolve("100.conf"), OLD);
    Path link = Files.createSymbolicLink(folder.resolve("link.conf"), target);
    new DefinitionWriter().write(input(link, target), bytes(OLD), bytes(NEW));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(NEW, Files.readString(target));

    Path outside = Files.createSymbolicLink(inside.resolve("out.conf"), file);
    WriteFailure refused =
        assertThrows(
            WriteFailure.class,
            () -> new DefinitionWriter().write(input(outside, file), bytes(OLD), bytes(NEW)));
    assertEquals(
        "it is a symbolic link to `" + file + "`, outside of `" + inside + "`",
        refused.getMessage());
    assertEquals(OLD, Files.readString(file));
  }

  @Test
  void takesAwayWhatEarlierRunsLeftAndNothingElse() throws Exception {
    List<String> others =
        List.of(
            ".100.conf.policyctl-0123456789abcdeg",
            ".100.conf.policyctl-0123456789abcde",
            "100.conf.policyctl-0123456789abcdef",
            ".100.conf.swp");
    for (String name : others) {
      Files.writeString(folder.resolve(name), "x");
    }
    Files.writeString(folder.resolve(STALE), "half");
    Files.createDirectory(folder.resolve(".200.conf.policyctl-0123456789abcdef"));
    write(file, OLD, NEW);
    List<String> left = new ArrayList<>(others);
    left.add("100.conf");
    left.add(".200.conf.policyctl-0123456789abcdef");
    assertEquals(left.stream().sorted().toList(), names(folder));
  }

  @Test
  void leavesTheTemporaryFileOfARunThatIsStillGoingOn() throws Exception {
    Path busy = Files.writeString(folder.resolve(STALE), "half");
    try (FileChannel other = FileChannel.open(busy, StandardOpenOption.WRITE)) {
      TemporaryFiles.markInUse(other);
      write(file, OLD, NEW);
      assertTrue(Files.exists(busy));
    }
    write(file, NEW, OLD);
    assertEquals(List.of("100.conf"), names(folder));
  }

  @Test
  void aReadOnlyDirectoryIsToldOf() throws Exception {
    Programs.run(folder, "chattr", "+i", ".");
    try {
      assertRefused(file, OLD, "cannot make a temporary file beside it: Operation not permitted");
    } finally {
      Programs.run(folder, "chattr", "-i", ".");
    }
  }

  @Test
  void aFileThatCannotBeReplacedIsToldOf() throws Exception {
    Programs.run(folder, "chattr", "+i", "100.conf");
    try {
      assertRefused(file, OLD, "cannot rename the temporary file to it: ");
    } finally {
      Programs.run(folder, "chattr", "-i", "100.conf");
    }
  }

  @Test
  void aFullDiskIsToldOf() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Programs.run(folder, "truncate", "-s", "1M", "image");
    Programs.run(folder, "mkfs.ext4", "-q", "-F", "image");
    Programs.run(folder, "mount", "-o", "loop", "image", "disk");
    try {
      Path small = Files.writeString(disk.resolve("100.conf"), OLD);
      fill(disk.resolve("filler"), 4096);
      assertRefused(small, OLD, "cannot write the temporary file beside it: No space left");
      fill(disk.resolve("rest"), 1);
      assertRefused(small, OLD, "cannot ");
    } finally {
      Programs.run(folder, "umount", "disk");
    }
  }

  /** Writes until nothing more fits, and leaves so many bytes free. */
  private static void fill(Path filler, int free) throws IOException {
    try (FileChannel channel =
        FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (true) {
        channel.write(ByteBuffer.allocate(free));
      }
    } catch (IOException full) {
      assertTrue(full.getMessage().contains("No space left"), full.getMessage());
    }
    if (free > 1) {
      try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() - free);
      }
    }
  }
}
