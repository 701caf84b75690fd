package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@code lint --fix} over a thousand files that is killed at a random moment, {@code
 * -Dkilled.fix.times} of them (6 unless told).
 */
class KilledFixTest {
  private static final int FILES = 1000;
  private static final String OLD = "scsi0: tank:100/a.raw,cache=none\n";
  private static final String NEW = "scsi0: tank:100/a.raw,cache=writeback\n";

  @TempDir Path temporary;

  @Test
  void everyFileIsTheOldOrTheNewTextAndALaterRunClearsAway() throws Exception {
    Path folder = makeWorld();
    long started = System.nanoTime();
    assertEquals(0, start().waitFor());
    long wholeRun = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    assertEquals(FILES, count(folder, NEW));

    Random random = new Random(4714);
    int halfway = 0;
    int left = 0;
    int times = Integer.getInteger("killed.fix.times", 6);
    for (int i = 0; i < times; i++) {
      writeAll(folder);
      Process process = start();
      if (i % 2 == 0) {
        process.waitFor(random.nextLong(wholeRun), TimeUnit.MILLISECONDS);
      } else {
        waitUntilWritten(process, folder.resolve(100 + random.nextInt(FILES / 2) + ".conf"));
      }
      process.destroyForcibly().waitFor();
      int fixed = count(folder, NEW);
      assertEquals(FILES, fixed + count(folder, OLD));
      halfway += fixed > 0 && fixed < FILES ? 1 : 0;
      left += temporaries(folder);
    }
    System.out.println(
        times + " kills, " + halfway + " halfway, " + left + " temporary files left");
    writeAll(folder);
    assertEquals(0, start().waitFor());
    assertEquals(FILES, count(folder, NEW));
    assertEquals(0, temporaries(folder));
    assertTrue(halfway > 0, "no process was killed while it wrote");
  }

  private static void waitUntilWritten(Process process, Path file) throws Exception {
    while (process.isAlive() && Files.readString(file).equals(OLD)) {
      process.waitFor(1, TimeUnit.MILLISECONDS);
    }
  }

  private Path makeWorld() throws IOException {
    Files.writeString(temporary.resolve("storage.cfg"), TestWorld.STORAGES);
    Files.writeString(temporary.resolve("pve1.yaml"), TestWorld.FACTS);
    Path folder = Files.createDirectories(temporary.resolve("nodes/pve1/qemu-server"));
    writeAll(folder);
    return folder;
  }

  private static void writeAll(Path folder) throws IOException {
    for (int i = 0; i < FILES; i++) {
      Files.writeString(folder.resolve(100 + i + ".conf"), OLD);
    }
  }

  private Process start() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.policyctl.cli.Policyctl",
            "lint",
            "--fix",
            temporary.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int count(Path folder, String text) throws IOException {
    int count = 0;
    for (int i = 0; i < FILES; i++) {
      count += Files.readString(folder.resolve(100 + i + ".conf")).equals(text) ? 1 : 0;
    }
    return count;
  }

  private static int temporaries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return (int) entries.filter(path -> !path.toString().endsWith(".conf")).count();
    }
  }
}
