package dev.policyctl.serve;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Work that is done again and again beside the reviews. What fails is tried again, and logged once
 * as long as it fails in the same way.
 */
final class Periodic {
  private static final Logger LOG = Logger.getLogger("policyctl");

  private final String name;
  private final ScheduledExecutorService executor;
  private Optional<Future<?>> running = Optional.empty();
  private String failure = "";

  Periodic(String name) {
    this.name = name;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  void start(long pause, TimeUnit unit, Runnable work) {
    running = Optional.of(executor.scheduleWithFixedDelay(() -> run(work), 0, pause, unit));
  }

  private void run(Runnable work) {
    try {
      work.run();
      failure = "";
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(failure)) {
        LOG.errorf("%s: %s", name, message);
      }
      failure = message;
      LOG.debug(name, e);
    }
  }

  void stop() {
    running.ifPresent(task -> task.cancel(false));
    executor.shutdown();
  }
}
