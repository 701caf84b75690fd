package dev.policyctl.probe;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bounded waiting for calls that may never return, because they touch a mount whose server or
 * daemon is gone. A call that was given up keeps its daemon thread until the kernel lets it go.
 */
final class Patience implements AutoCloseable {
  private final Duration each;
  private long nanosLeft;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "touches a path");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param each how long one call may take
   * @param total how long all calls that do not answer may take together; after that none is tried
   */
  Patience(Duration each, Duration total) {
    this.each = each;
    this.nanosLeft = total.toNanos();
  }

  boolean isExhausted() {
    return nanosLeft <= 0;
  }

  /** The call's result; nothing when it did not answer in time or was not tried any more. */
  <T> Optional<T> call(Callable<T> call) {
    if (isExhausted()) {
      return Optional.empty();
    }
    Future<T> answer = threads.submit(call);
    try {
      return Optional.of(answer.get(each.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      nanosLeft -= each.toNanos();
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      nanosLeft = 0;
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
