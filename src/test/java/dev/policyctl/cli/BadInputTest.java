package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each bad input ends in a message with its place, and the other files are judged all the same. */
class BadInputTest {
  private static final String FINDING = "[direct-io-on-checksummed-data] `scsi0` is written";

  @TempDir private Path folder;

  @BeforeEach
  void oneHazard() throws IOException {
    Files.createDirectories(folder.resolve("qemu-server"));
    Files.writeString(folder.resolve("storage.cfg"), "btrfs: btr\n\tpath /b\n\tcontent images\n");
    Files.writeString(
        folder.resolve("qemu-server/100.conf"), "scsi0: btr:100/vm-100-disk-0.raw,cache=none\n");
  }

  private Path guest(int vmid) {
    return folder.resolve("qemu-server/" + vmid + ".conf");
  }

  private void assertTold(int exit, String message) {
    Cli.Result result = Cli.run("lint", folder.toString());
    assertTrue(result.out().contains(message), result.out());
    assertTrue(result.out().contains(FINDING), result.out());
    assertEquals(exit, result.exit());
  }

  @Test
  void emptyFileIsAGuestWithoutVolumes() throws IOException {
    Files.writeString(guest(101), "");
    assertTold(1, "3 files, 2 guests, 1 volume");
  }

  @Test
  void binaryFile() throws IOException {
    Files.write(guest(101), new byte[] {'a', ':', ' ', 0, 1, 2});
    assertTold(2, "101.conf: error: not a text file: byte 4 is NUL");
  }

  @Test
  void hugeFile() throws IOException {
    byte[] megabyte = new byte[1024 * 1024];
    Arrays.fill(megabyte, (byte) 'a');
    try (OutputStream out = Files.newOutputStream(guest(101))) {
      for (int i = 0; i < 100; i++) {
        out.write(megabyte);
      }
    }
    assertTold(2, "101.conf: error: larger than 64 MiB");
  }

  @Test
  void hugeLine() throws IOException {
    Files.writeString(guest(101), "scsi0: " + "x".repeat(10_000_000) + "\n");
    assertTold(2, "101.conf:1:8: error: unknown value `xxx");
    assertTrue(Cli.run("lint", folder.toString()).out().length() < 5_000);
  }

  @Test
  void undecodableBytes() throws IOException {
    byte[] text = "name: caf?\nscsi0: btr:101/vm-101-disk-0.raw\n".getBytes(StandardCharsets.UTF_8);
    text[9] = (byte) 0xE9;
    Files.write(guest(101), text);
    assertTold(1, "101.conf:1:10: warning:");
  }

  @Test
  void unreadableFile() throws IOException {
    assumeFalse(System.getProperty("user.name").equals("root"), "root can read every file");
    Files.writeString(guest(101), "");
    Files.setPosixFilePermissions(guest(101), PosixFilePermissions.fromString("---------"));
    assertTold(2, "101.conf: error: cannot read: permission denied");
  }

  @Test
  void storageDefinedTwice() throws IOException {
    Files.writeString(
        folder.resolve("storage.cfg"), "btrfs: btr\n\tpath /a\n\nbtrfs: btr\n\tpath /b\n");
    assertTold(2, "storage.cfg:4:1: error: storage `btr` is defined twice");
  }

  @Test
  void folderWithoutGuests() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Cli.Result result = Cli.run("lint", empty.toString());
    assertEquals(2, result.exit());
    assertTrue(result.out().contains("empty: error: no definition found"), result.out());
  }

  @Test
  void loopOfLinks() throws IOException {
    Path a = folder.resolve("a");
    Path b = folder.resolve("b");
    Files.createSymbolicLink(a, b);
    Files.createSymbolicLink(b, a);
    assertTold(1, FINDING);
    Cli.Result result = Cli.run("lint", a.toString());
    assertEquals(2, result.exit());
    assertTrue(result.out().contains("a loop of symbolic links"), result.out());
  }

  @Test
  void fileOfAnotherKind() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "nothing of ours\n");
    assertTold(1, FINDING);
    Cli.Result result = Cli.run("lint", file.toString());
    assertEquals(2, result.exit());
    assertTrue(result.out().contains("the format of this file is not recognised"), result.out());
  }

  @Test
  void misspeltWords() {
    assertEquals(2, Cli.run("lnt").exit());
    assertTrue(Cli.run("lnt").err().contains("did you mean `lint`?"));
    assertTrue(Cli.run("lint", "--fromat", "x").err().contains("did you mean `--format`?"));
    assertTrue(Cli.run("lint", "--as", "proxmox-quemu", "x").err().contains("`proxmox-qemu`?"));
    assertTrue(Cli.run("lint", "--format", "jsn", "x").err().contains("did you mean `json`?"));
    assertTrue(Cli.run("lint").err().contains("missing required parameter"));
    assertEquals(2, Cli.run("lint", "--fail-on", "fatal", "x").exit());
  }
}
