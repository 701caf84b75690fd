package dev.policyctl.probe;

import java.nio.ByteBuffer;

/**
 * Memory that a thread keeps changing until it is stopped, as a guest changes a page that is being
 * written.
 */
final class ChangingMemory {
  /** Every sector changes in every round: a checksum covers one at least. */
  private static final int STEP = 512;

  private final ByteBuffer memory;
  private final Thread thread = new Thread(this::change, "changes memory");
  private volatile boolean stopped;

  private ChangingMemory(ByteBuffer memory) {
    this.memory = memory.duplicate();
    thread.setDaemon(true);
  }

  static ChangingMemory start(ByteBuffer memory) {
    ChangingMemory changing = new ChangingMemory(memory);
    changing.thread.start();
    return changing;
  }

  private void change() {
    long value = 0;
    while (!stopped) {
      for (int at = 0; at + Long.BYTES <= memory.limit(); at += STEP) {
        memory.putLong(at, value++);
      }
    }
  }

  /** After this the memory rests. */
  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
