package dev.policyctl.admission;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much is being answered at once: requests from their first byte to their last, and the sizes
 * of their bodies. Thread-safe.
 */
public final class Load {
  private final int maxReviews;
  private final long maxBytes;
  private final AtomicInteger reviews = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  public Load(int maxReviews, long maxBytes) {
    this.maxReviews = maxReviews;
    this.maxBytes = maxBytes;
  }

  /**
   * Takes a request in.
   *
   * @param size of its body, as far as it is told
   * @return false where its body must not be read at all; it is not counted then
   */
  boolean enter(long size) {
    if (bytes.addAndGet(size) > maxBytes) {
      bytes.addAndGet(-size);
      return false;
    }
    reviews.incrementAndGet();
    return true;
  }

  void leave(long size) {
    bytes.addAndGet(-size);
    reviews.decrementAndGet();
  }

  /** Whether there is more to do than can be judged in time. */
  boolean isTooMuch() {
    return reviews.get() > maxReviews;
  }

  /** Requests being answered. */
  public int reviews() {
    return reviews.get();
  }
}
