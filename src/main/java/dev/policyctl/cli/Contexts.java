package dev.policyctl.cli;

import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the context of each directory: the {@code storage.cfg}, the HostFacts documents and the
 * {@code .policyctl.yaml} of the nearest directory at or above it that has them, unless the command
 * line gives them. Every document is read once. Not thread-safe: contexts are found before the work
 * is shared out.
 */
final class Contexts {
  private final ContextOptions options;
  private final Optional<ExceptionOptions> accepting;
  private final FactsFiles facts = new FactsFiles(this::report);
  private final ExceptionFiles exceptions = new ExceptionFiles(this::report);
  private final StorageCatalogs catalogs = new StorageCatalogs(this::report);
  private final ContextSearch search;
  private final ContextSources sources;
  private final PolicySource policies;
  private final Optional<LiveHost> liveHost;
  private final boolean liveAlone;
  private Optional<HostFacts> live;
  private final Map<Path, BaselineFile> baselines = new HashMap<>();
  private final List<HostFacts> hosts = new ArrayList<>();
  private final Map<ContextSources.Sources, Context> bySources = new HashMap<>();
  private final Map<Path, Context> byDirectory = new HashMap<>();
  private final Map<Path, List<Problem>> problems = new LinkedHashMap<>();

  Contexts(ContextOptions options) {
    this(options, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Contexts in which something may be accepted. */
  Contexts(ContextOptions options, ExceptionOptions accepting) {
    this(options, Optional.of(accepting), Optional.empty(), Optional.empty());
  }

  /** Contexts of guests that start on this host: its facts hold, and no other's. */
  Contexts(HostFacts host, ExceptionOptions accepting) {
    this(new ContextOptions(), Optional.of(accepting), Optional.of(host), Optional.empty());
    options.host = Optional.of(host.name());
  }

  /** Contexts in which these policies hold and no others; this host is not looked at. */
  Contexts(PolicySet policies) {
    this(new ContextOptions(), Optional.empty(), Optional.empty(), Optional.of(policies));
  }

  private Contexts(
      ContextOptions options,
      Optional<ExceptionOptions> accepting,
      Optional<HostFacts> startedOn,
      Optional<PolicySet> alone) {
    this.options = options;
    this.accepting = accepting;
    this.live = startedOn;
    this.liveAlone = startedOn.isPresent();
    this.liveHost =
        liveAlone || alone.isPresent() ? Optional.empty() : Optional.of(LiveHost.running());
    this.policies =
        alone.<PolicySource>map(set -> names -> set).orElseGet(() -> new PolicySets(this::report));
    this.search =
        new ContextSearch(
            facts,
            options.facts.isEmpty() && !liveAlone,
            accepting.filter(given -> given.exceptions.isEmpty()).map(given -> exceptions),
            this::report);
    this.sources = new ContextSources(options, accepting, facts, exceptions, liveAlone);
  }

  /** The policies that follow from what the command line or a configuration names. */
  interface PolicySource {
    PolicySet of(List<String> names);
  }

  /** The problems of the documents that were read, by the document's path. */
  Map<Path, List<Problem>> problems() {
    return problems;
  }

  /** The text of a document that was read for a context already. */
  Optional<SourceText> alreadyRead(Path path) {
    return catalogs.alreadyRead(path);
  }

  /**
   * Puts another text in the place of such a document; contexts that were found are out of date.
   */
  void replace(Path path, SourceText text) {
    catalogs.replace(path, text);
    bySources.clear();
    byDirectory.clear();
  }

  /** Whether this file was read as HostFacts, as exceptions or as a baseline. */
  boolean isFacts(Path path) {
    return facts.isFacts(path) || exceptions.isExceptions(path) || baselines.containsKey(path);
  }

  /** The facts that hold where a host is not named otherwise: of the one host that has any. */
  Optional<HostFacts> onlyHost() {
    List<HostFacts> known = new ArrayList<>();
    for (HostFacts host : bySources.isEmpty() ? facts.of(facts.named(options.facts)) : hosts) {
      if (known.stream().noneMatch(other -> other.name().equals(host.name()))
          && options.host.map(host.name()::equals).orElse(true)) {
        known.add(host);
      }
    }
    return known.size() == 1 ? Optional.of(known.get(0)) : Optional.empty();
  }

  boolean excludes(Path path, Path top) {
    Path directory = path.getParent();
    return directory != null
        && search
            .nearest(directory, top)
            .configuration()
            .map(file -> file.excludes(path))
            .orElse(false);
  }

  Context of(InputFile file) {
    if (file.top().isEmpty()) {
      return of(sources.of(ContextSearch.Nearest.NONE, false));
    }
    Context known = byDirectory.get(file.directory());
    if (known == null) {
      known =
          of(
              sources.of(
                  search.nearest(file.directory(), file.top().get()), isLive(file.directory())));
      byDirectory.put(file.directory(), known);
    }
    return known;
  }

  private Context of(ContextSources.Sources found) {
    Context known = bySources.get(found);
    if (known == null) {
      known = build(found);
      bySources.put(found, known);
    }
    return known;
  }

  private Context build(ContextSources.Sources found) {
    List<HostFacts> hosts = new ArrayList<>(facts.of(found.facts()));
    if (found.live()) {
      addLive(hosts);
    }
    StorageCatalog storages = found.storageCfg().map(catalogs::of).orElse(StorageCatalog.NONE);
    this.hosts.addAll(hosts);
    PolicySet set = policies.of(found.policies());
    Surroundings surroundings = new Surroundings(storages, hosts, found.host(), set);
    if (accepting.isEmpty()) {
      return new Context(surroundings, found.failOn(), found.allowUnknown(), Accepted.NOTHING);
    }
    Accepted accepted =
        new Accepted(
            exceptions.of(found.exceptions(), Optional.of(set)),
            found.baseline().map(this::baseline));
    return new Context(
        surroundings.withExceptions(accepted.exceptions(accepting.get())),
        found.failOn(),
        found.allowUnknown(),
        accepted);
  }

  private BaselineFile baseline(Path path) {
    BaselineFile known = baselines.get(path);
    if (known == null) {
      known = BaselineFile.read(path, accepting.map(given -> given.update).orElse(false));
      baselines.put(path, known);
      report(path, known.problems());
    }
    return known;
  }

  private boolean isLive(Path directory) {
    if (liveAlone) {
      return true;
    }
    return liveHost.isPresent()
        && !options.noProbe
        && options.facts.isEmpty()
        && options.host.isEmpty()
        && liveHost.get().owns(directory);
  }

  /** What the host itself tells counts before what a document says of it. */
  private void addLive(List<HostFacts> hosts) {
    if (live.isEmpty()) {
      try {
        live = Optional.of(liveHost.get().probeWithGuests().facts());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    hosts.removeIf(host -> host.name().equals(live.get().name()));
    hosts.add(live.get());
  }

  private void report(Path path, List<Problem> found) {
    if (!found.isEmpty()) {
      problems.computeIfAbsent(path, name -> new ArrayList<>()).addAll(found);
    }
  }
}
