package dev.policyctl.serve;

import dev.policyctl.admission.WarmUp;
import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.source.Problem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
  private final Periodic watch = new Periodic("policyctl-files");
  private final MeterRegistry registry;
  private volatile boolean started;

  Sources(ServiceOptions options, MeterRegistry registry) {
    this.registry = registry;
    this.files =
        new FileSources(
            paths(options.policies()), paths(options.facts()), paths(options.exceptions()));
    Gauge.builder("policyctl.policy.errors", () -> problems.get() + knowledge.broken())
        .description("problems of policies and facts in files, and policies that are broken")
        .register(registry);
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
    WarmUp.run(knowledge.get().surroundings().policies());
    started = true;
    watch.start(1, TimeUnit.SECONDS, this::look);
  }

  void stop(@Observes ShutdownEvent event) {
    watch.stop();
    // The registry outlives the service, and its gauges would speak for one that is started after
    // it.
    registry.clear();
  }

  private void look() {
    if (files.haveChanged() && take().isEmpty()) {
      LOG.info("policies and facts were read again");
    }
  }

  /** Takes over what is in the files, unless it has problems, which are told and returned. */
  private List<Problem> take() {
    FileSources.Loaded loaded = files.load();
    problems.set(loaded.problems().size());
    if (loaded.problems().isEmpty()) {
      knowledge.setFiles(loaded.policies(), loaded.facts(), loaded.exceptions());
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
