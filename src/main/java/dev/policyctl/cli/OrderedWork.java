package dev.policyctl.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Works on items in parallel and hands the results over in the items' order. No more than a few
 * batches of results wait at any time, whatever the number of items.
 */
final class OrderedWork {
  private static final int BATCH = 32;
  private static final int BATCHES_AHEAD_PER_JOB = 4;

  private final int jobs;

  OrderedWork(int jobs) {
    this.jobs = jobs;
  }

  /** Takes one result; called in order, by one thread. */
  interface Sink<R> {
    void accept(R result) throws IOException;
  }

  <T, R> void run(List<T> items, Function<T, R> work, Sink<R> sink) throws IOException {
    if (jobs == 1 || items.size() <= 1) {
      for (T item : items) {
        sink.accept(work.apply(item));
      }
      return;
    }
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    try {
      run(workers, items, work, sink);
    } finally {
      workers.shutdownNow();
    }
  }

  private <T, R> void run(ExecutorService workers, List<T> items, Function<T, R> work, Sink<R> sink)
      throws IOException {
    Deque<Future<List<R>>> running = new ArrayDeque<>();
    int submitted = 0;
    while (submitted < items.size() || !running.isEmpty()) {
      while (submitted < items.size() && running.size() < jobs * BATCHES_AHEAD_PER_JOB) {
        List<T> batch = items.subList(submitted, Math.min(items.size(), submitted + BATCH));
        submitted += batch.size();
        running.add(workers.submit(() -> workOn(batch, work)));
      }
      for (R result : finished(running.remove())) {
        sink.accept(result);
      }
    }
  }

  private static <T, R> List<R> workOn(List<T> batch, Function<T, R> work) {
    List<R> results = new ArrayList<>(batch.size());
    for (T item : batch) {
      results.add(work.apply(item));
    }
    return results;
  }

  private static <R> List<R> finished(Future<List<R>> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
