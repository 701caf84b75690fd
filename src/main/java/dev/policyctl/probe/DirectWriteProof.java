package dev.policyctl.probe;

import dev.policyctl.probe.ProofResult.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * Asks the kernel itself what an O_DIRECT write meets in a directory: writes a temporary file from
 * memory that another thread keeps changing, and reads it back. Where the fault is there, a btrfs
 * device's counter of corruption errors rises. The file has no name while it is written, so it goes
 * away however the program ends.
 *
 * <p>Every error is held against the same act with memory that rests: what fails then, too, is a
 * fault of the disk.
 */
public final class DirectWriteProof {
  /** A whole record of ZFS unless it was made larger: a part of one is not written directly. */
  private static final int WRITE_BYTES = 1 << 20;

  /** The smallest unit that a checksum covers. */
  private static final int BLOCK_BYTES = 4096;

  private static final int WRITES = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String kernel;

  /**
   * @param kernel the running kernel's release, for the evidence
   */
  public DirectWriteProof(String kernel) {
    this.kernel = kernel;
  }

  /**
   * Tries it in an existing directory, within a minute; takes 33 MiB there for a moment. Never
   * throws for what the file system does.
   */
  public ProofResult prove(Path directory) {
    Optional<OpenOption> direct = DirectOpen.option();
    if (direct.isEmpty()) {
      return notTried("this Java runtime cannot open files with O_DIRECT");
    }
    try (Patience patience = new Patience(PATIENCE, PATIENCE)) {
      return patience
          .call(() -> proveIn(directory, direct.get()))
          .orElseGet(() -> notTried("it did not end within " + PATIENCE.toSeconds() + " seconds"));
    }
  }

  private ProofResult proveIn(Path directory, OpenOption direct) throws InterruptedException {
    try {
      if (Files.getFileStore(directory).getUsableSpace() < 4L * WRITES * WRITE_BYTES) {
        return notTried("there is not enough free space");
      }
      Path file = Files.createTempFile(directory, ".policyctl-prove-", ".tmp");
      try {
        return proveWith(file, direct);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return notTried(e.toString());
    }
  }

  private ProofResult proveWith(Path file, OpenOption direct)
      throws IOException, InterruptedException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE,
            direct)) {
      return race(channel);
    } catch (AccessDeniedException | NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      // Only the opening throws this type, and the same file was just made without O_DIRECT.
      return new ProofResult(
          Outcome.REFUSED, "a file cannot be opened with O_DIRECT" + on() + ": " + e.getReason());
    }
  }

  private ProofResult race(FileChannel channel) throws IOException, InterruptedException {
    ByteBuffer memory = memory();
    writeFromRestingMemory(channel, memory);
    int failedWrites = 0;
    ChangingMemory changing = ChangingMemory.start(memory);
    try {
      for (int i = 0; i < WRITES; i++) {
        failedWrites += isWritten(channel, memory, i) ? 0 : 1;
      }
    } finally {
      changing.stop();
    }
    channel.force(false);
    int unreadable = 0;
    for (int i = 0; i < WRITES; i++) {
      unreadable += unreadableBlocks(channel, memory, i);
    }
    writeFromRestingMemory(channel, memory);
    return result(failedWrites, unreadable);
  }

  // Random, so that no file system finds it worth compressing.
  private static ByteBuffer memory() {
    byte[] content = new byte[WRITE_BYTES];
    new Random(1).nextBytes(content);
    ByteBuffer memory =
        ByteBuffer.allocateDirect(2 * WRITE_BYTES).alignedSlice(WRITE_BYTES).limit(WRITE_BYTES);
    return memory.put(0, content);
  }

  // Behind the blocks of the race; an error here ends the experiment.
  private static void writeFromRestingMemory(FileChannel channel, ByteBuffer memory)
      throws IOException {
    long at = (long) WRITES * WRITE_BYTES;
    channel.write(memory.duplicate(), at);
    channel.force(false);
    channel.read(memory.duplicate(), at);
  }

  private static boolean isWritten(FileChannel channel, ByteBuffer memory, int index) {
    try {
      channel.write(memory.duplicate(), (long) index * WRITE_BYTES);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int unreadableBlocks(FileChannel channel, ByteBuffer memory, int index) {
    long at = (long) index * WRITE_BYTES;
    if (isReadable(channel, memory.duplicate(), at)) {
      return 0;
    }
    int unreadable = 0;
    for (int offset = 0; offset < WRITE_BYTES; offset += BLOCK_BYTES) {
      ByteBuffer block = memory.slice(offset, BLOCK_BYTES);
      unreadable += isReadable(channel, block, at + offset) ? 0 : 1;
    }
    return unreadable;
  }

  private static boolean isReadable(FileChannel channel, ByteBuffer into, long at) {
    try {
      int read = channel.read(into, at);
      return read < 0 || !into.hasRemaining();
    } catch (IOException e) {
      return false;
    }
  }

  private ProofResult result(int failedWrites, int unreadable) {
    int blocks = WRITES * (WRITE_BYTES / BLOCK_BYTES);
    if (unreadable > 0) {
      return new ProofResult(
          Outcome.UNREADABLE,
          unreadable
              + " of "
              + blocks
              + " blocks became unreadable that were written with O_DIRECT"
              + " from memory that changed"
              + on());
    }
    if (failedWrites > 0) {
      return new ProofResult(
          Outcome.FAILED_WRITES,
          failedWrites
              + " of "
              + WRITES
              + " writes with O_DIRECT failed while the memory changed,"
              + " none when it rested"
              + on());
    }
    return new ProofResult(
        Outcome.NOTHING_SEEN,
        "no error in "
            + WRITES
            + " writes of 1 MiB with O_DIRECT from memory that changed"
            + on()
            + ", which does not prove that there can be none");
  }

  private String on() {
    return ", on kernel " + kernel;
  }

  private static ProofResult notTried(String why) {
    return new ProofResult(Outcome.NOT_TRIED, "nothing was learned: " + why);
  }
}
