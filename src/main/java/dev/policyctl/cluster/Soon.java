package dev.policyctl.cluster;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A task that runs soon after it was asked for: once, however often that was. */
final class Soon {
  private static final Logger LOG = Logger.getLogger("policyctl");

  private final ScheduledExecutorService worker;
  private final Runnable task;
  private final AtomicBoolean isAsked = new AtomicBoolean();

  /**
   * @param worker of one thread, so that the task never runs twice at a time
   */
  Soon(ScheduledExecutorService worker, Runnable task) {
    this.worker = worker;
    this.task = task;
  }

  void ask(Duration wait) {
    if (isAsked.compareAndSet(false, true)) {
      try {
        var unused = worker.schedule(this::run, wait.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.log(Level.FINE, "asked for after the end", e);
      }
    }
  }

  private void run() {
    isAsked.set(false);
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "a defect: what the cluster says could not be taken over", e);
    }
  }
}
