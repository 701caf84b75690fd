package dev.policyctl.probe;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/**
 * Memory that a thread keeps changing until it is stopped, as a guest changes a page that is being
 * written.
 */
final class ChangingMemory {
  /** Every sector changes in every round: a checksum covers one at least. */
  private static final int STEP = 512;

  private final ByteBuffer memory;
  private final Thread thread = new Thread(this::change, "changes memory");
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile boolean stopped;

  private ChangingMemory(ByteBuffer memory) {
    this.memory = memory.duplicate();
    thread.setDaemon(true);
  }

  /** Returns when the memory has begun to change. */
  static ChangingMemory start(ByteBuffer memory) throws InterruptedException {
    ChangingMemory changing = new ChangingMemory(memory);
    changing.thread.start();
    changing.begun.await();
    return changing;
  }

  private void change() {
    long value = 0;
    while (!stopped) {
      for (int at = 0; at + Long.BYTES <= memory.limit(); at += STEP) {
        memory.putLong(at, value++);
      }
      begun.countDown();
    }
  }

  /** After this the memory rests. */
  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
