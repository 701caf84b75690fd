package dev.policyctl.probe;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Disks made of sparse files, and what is mounted from them, until this is closed. */
public final class RealDisks implements AutoCloseable {
  private static final long BYTES = 300L << 20;

  private final Path folder;
  private final Deque<List<String>> undo = new ArrayDeque<>();
  private int count;

  /** Skips the calling test where it cannot make block devices and a btrfs on them. */
  public RealDisks(Path folder) throws IOException {
    this.folder = folder;
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    Assumptions.assumeTrue(root, "making block devices needs root");
    String known = Files.readString(Path.of("/proc/filesystems"));
    Assumptions.assumeTrue(known.contains("\tbtrfs\n"), "this kernel has no btrfs");
    Assumptions.assumeTrue(
        Files.exists(Path.of("/dev/loop-control")), "this kernel has no loop devices");
    assumeProgram("losetup");
    assumeProgram("mkfs.btrfs");
  }

  public static void assumeProgram(String name) {
    boolean found =
        List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin").stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    Assumptions.assumeTrue(found, "there is no `" + name + "`");
  }

  public Path directory(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** A loop device over a new sparse file. */
  String disk() throws IOException, InterruptedException {
    Path file = folder.resolve("disk" + count++ + ".img");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(BYTES);
    }
    return attach(file);
  }

  public List<String> disks(int number) throws IOException, InterruptedException {
    List<String> disks = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      disks.add(disk());
    }
    return disks;
  }

  String attach(Path file, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("losetup", "--show", "-f"));
    command.addAll(Arrays.asList(options));
    command.add(file.toString());
    String device = run(command).strip();
    undo("losetup", "-d", device);
    return device;
  }

  public Path mount(String device, String options, String name)
      throws IOException, InterruptedException {
    Path mountPoint = directory(name);
    run("mount", "-o", options, device, mountPoint.toString());
    undo("umount", "-l", mountPoint.toString());
    return mountPoint;
  }

  /** A command that is run at the end, before those that were named earlier. */
  void undo(String... command) {
    undo.push(List.of(command));
  }

  public static String run(String... command) throws IOException, InterruptedException {
    return run(List.of(command));
  }

  static String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + said);
    }
    return said;
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    while (!undo.isEmpty()) {
      try {
        run(undo.pop());
      } catch (IOException e) {
        first = first == null ? e : first;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
