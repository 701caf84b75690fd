package dev.policyctl.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;

/** Writes a file from memory that changes all the while, then reads what became of it. */
final class WriteRace {
  static final int WRITES = 32;

  /** A whole record of ZFS unless it was made larger: a part of one is not written directly. */
  private static final int WRITE_BYTES = 1 << 20;

  /** The smallest unit that a checksum covers. */
  private static final int BLOCK_BYTES = 4096;

  static final int BLOCKS = WRITES * (WRITE_BYTES / BLOCK_BYTES);

  /** How much it writes, the writes from resting memory included. */
  static final long BYTES = (WRITES + 1L) * WRITE_BYTES;

  private final BlockFile file;
  private final ByteBuffer memory = memory();

  /**
   * What went wrong.
   *
   * @param failedWrites of {@link #WRITES}
   * @param unreadableBlocks of {@link #BLOCKS}
   */
  record Outcome(int failedWrites, int unreadableBlocks) {}

  WriteRace(BlockFile file) {
    this.file = file;
  }

  // Random, so that no file system finds it worth compressing.
  private static ByteBuffer memory() {
    byte[] content = new byte[WRITE_BYTES];
    new Random(1).nextBytes(content);
    ByteBuffer memory =
        ByteBuffer.allocateDirect(2 * WRITE_BYTES).alignedSlice(WRITE_BYTES).limit(WRITE_BYTES);
    return memory.put(0, content);
  }

  /**
   * @throws IOException when even memory that rests cannot be written and read
   */
  Outcome run() throws IOException, InterruptedException {
    writeFromRestingMemory();
    int failedWrites = 0;
    ChangingMemory changing = ChangingMemory.start(memory);
    try {
      for (int i = 0; i < WRITES; i++) {
        failedWrites += isWritten(i) ? 0 : 1;
      }
    } finally {
      changing.stop();
    }
    file.flush();
    int unreadableBlocks = 0;
    for (int i = 0; i < WRITES; i++) {
      unreadableBlocks += unreadableBlocks(i);
    }
    writeFromRestingMemory();
    return new Outcome(failedWrites, unreadableBlocks);
  }

  // Behind the blocks of the race.
  private void writeFromRestingMemory() throws IOException {
    long at = (long) WRITES * WRITE_BYTES;
    file.write(memory, at);
    file.flush();
    file.read(memory, at);
  }

  private boolean isWritten(int index) {
    try {
      file.write(memory, (long) index * WRITE_BYTES);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private int unreadableBlocks(int index) {
    long at = (long) index * WRITE_BYTES;
    if (isReadable(memory, at)) {
      return 0;
    }
    int unreadable = 0;
    for (int offset = 0; offset < WRITE_BYTES; offset += BLOCK_BYTES) {
      unreadable += isReadable(memory.slice(offset, BLOCK_BYTES), at + offset) ? 0 : 1;
    }
    return unreadable;
  }

  private boolean isReadable(ByteBuffer into, long at) {
    try {
      file.read(into, at);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
