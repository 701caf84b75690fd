package dev.policyctl.serve;

import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.source.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Where the service's knowledge comes from, from its start to its end. */
@Singleton
final class Sources {
  private static final Logger LOG = Logger.getLogger("policyctl");

  private final FileSources files;
  private final Knowledge knowledge = new Knowledge(PolicyFiles.load(List.of()).policies());
  private final AtomicInteger problems = new AtomicInteger();
  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "policyctl-files");
            thread.setDaemon(true);
            return thread;
          });

  private volatile boolean started;
  private Optional<Future<?>> watching = Optional.empty();

  Sources(ServiceOptions options, MeterRegistry registry) {
    this.files = new FileSources(paths(options.policies()), paths(options.facts()));
    registry.gauge("policyctl.policy.errors", problems);
  }

  private static List<Path> paths(Optional<List<String>> names) {
    return names.orElse(List.of()).stream().map(Path::of).toList();
  }

  Knowledge knowledge() {
    return knowledge;
  }

  /** Whether policies were read, and facts where there are files with them. */
  boolean areRead() {
    return started;
  }

  void start(@Observes StartupEvent event) {
    List<Problem> found = take();
    if (!found.isEmpty()) {
      throw new IllegalStateException("policies or facts have problems; see the lines above");
    }
    started = true;
    watching = Optional.of(watcher.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS));
  }

  void stop(@Observes ShutdownEvent event) {
    watching.ifPresent(task -> task.cancel(false));
    watcher.shutdown();
  }

  private void look() {
    try {
      if (files.haveChanged() && take().isEmpty()) {
        LOG.info("policies and facts were read again");
      }
    } catch (RuntimeException e) {
      LOG.error("policies and facts could not be read again", e);
    }
  }

  /** Takes over what is in the files, unless it has problems, which are told and returned. */
  private List<Problem> take() {
    FileSources.Loaded loaded = files.load();
    problems.set(loaded.problems().size());
    if (loaded.problems().isEmpty()) {
      knowledge.setPolicies(loaded.policies());
      knowledge.setFacts(loaded.facts());
    }
    for (Problem problem : loaded.problems()) {
      LOG.errorf(
          "%s: %s%s",
          problem.at(),
          problem.message(),
          problem.help().isEmpty() ? "" : "; help: " + problem.help());
    }
    return loaded.problems();
  }
}
