package dev.policyctl.cli;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.proxmox.ProxmoxStorages;
import dev.policyctl.format.proxmox.StorageCfgFormat;
import dev.policyctl.lint.Configuration;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.policy.Severity;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
  private static final String STORAGE_CFG = "storage.cfg";

  private final ContextOptions options;
  private final Optional<ExceptionOptions> accepting;
  private final ExceptionFiles exceptions = new ExceptionFiles(this::report);
  private final Map<Path, BaselineFile> baselines = new HashMap<>();
  private final FactsFiles facts;
  private final PolicySource policies;
  private final Optional<LiveHost> liveHost;
  private final boolean liveAlone;
  private final Map<Path, StorageCatalog> catalogs = new HashMap<>();
  private Optional<HostFacts> live = Optional.empty();
  private final Map<Path, SourceText> read = new HashMap<>();
  private final List<HostFacts> hosts = new ArrayList<>();
  private final Map<Path, Nearest> nearest = new HashMap<>();
  private final Map<Sources, Context> bySources = new HashMap<>();
  private final Map<Path, Context> byDirectory = new HashMap<>();
  private final Map<Path, List<Problem>> problems = new LinkedHashMap<>();

  Contexts(ContextOptions options) {
    this(options, Optional.empty());
  }

  /** Contexts in which something may be accepted. */
  Contexts(ContextOptions options, ExceptionOptions accepting) {
    this(options, Optional.of(accepting));
  }

  private Contexts(ContextOptions options, Optional<ExceptionOptions> accepting) {
    this.options = options;
    this.accepting = accepting;
    this.facts = new FactsFiles(this::report);
    this.policies = new PolicySets(this::report);
    this.liveHost = Optional.of(LiveHost.running());
    this.liveAlone = false;
  }

  /** Contexts of guests that start on this host: its facts hold, and no other's. */
  Contexts(HostFacts host, ExceptionOptions accepting) {
    this.options = new ContextOptions();
    this.options.host = Optional.of(host.name());
    this.accepting = Optional.of(accepting);
    this.facts = new FactsFiles(this::report);
    this.policies = new PolicySets(this::report);
    this.liveHost = Optional.empty();
    this.liveAlone = true;
    this.live = Optional.of(host);
  }

  /** Contexts in which these policies hold and no others. */
  Contexts(PolicySet policies) {
    this.options = new ContextOptions();
    this.accepting = Optional.empty();
    this.facts = new FactsFiles(this::report);
    this.policies = names -> policies;
    this.liveHost = Optional.empty();
    this.liveAlone = false;
  }

  /** The policies that follow from what the command line or a configuration names. */
  interface PolicySource {
    PolicySet of(List<String> names);
  }

  /** Which documents hold in a directory; empty where there are none at or above it. */
  private record Nearest(
      Optional<Path> storageCfg,
      List<Path> facts,
      List<Path> exceptions,
      Optional<ConfigurationFile> configuration) {}

  /** What a context is made of: directories with the same sources share it. */
  private record Sources(
      Optional<Path> storageCfg,
      List<Path> facts,
      List<ExceptionFiles.Source> exceptions,
      Optional<Path> baseline,
      List<String> policies,
      Optional<String> host,
      Severity failOn,
      boolean allowUnknown,
      boolean live) {}

  /** The problems of the documents that were read, by the document's path. */
  Map<Path, List<Problem>> problems() {
    return problems;
  }

  /** The text of a document that was read for a context already. */
  Optional<SourceText> alreadyRead(Path path) {
    return Optional.ofNullable(read.get(path));
  }

  /**
   * Puts another text in the place of such a document; contexts that were found are out of date.
   */
  void replace(Path path, SourceText text) {
    read.put(path, text);
    catalogs.clear();
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
        && nearest(directory, top).configuration().map(file -> file.excludes(path)).orElse(false);
  }

  Context of(InputFile file) {
    if (file.top().isEmpty()) {
      return of(
          sources(new Nearest(Optional.empty(), List.of(), List.of(), Optional.empty()), false));
    }
    Context known = byDirectory.get(file.directory());
    if (known == null) {
      known = of(sources(nearest(file.directory(), file.top().get()), isLive(file.directory())));
      byDirectory.put(file.directory(), known);
    }
    return known;
  }

  private Context of(Sources sources) {
    Context known = bySources.get(sources);
    if (known == null) {
      known = build(sources);
      bySources.put(sources, known);
    }
    return known;
  }

  private Sources sources(Nearest found, boolean live) {
    Optional<ConfigurationFile> file = found.configuration();
    Configuration configuration =
        file.map(ConfigurationFile::configuration).orElse(Configuration.EMPTY);
    return new Sources(
        options
            .storageCfg
            .map(Path::of)
            .or(() -> configuration.storageCfg().map(name -> Path.of(file.get().resolve(name))))
            .or(found::storageCfg),
        factsSources(found),
        exceptionSources(found),
        baselineSource(file),
        policySources(file),
        options.host.or(configuration::host),
        options.failOn.or(configuration::failOn).orElse(Severity.ERROR),
        options.allowUnknown || configuration.allowUnknown().orElse(false),
        live);
  }

  // A directory's files stand for it, so that the facts of a file are told apart by their paths.
  private List<Path> factsSources(Nearest found) {
    if (!options.facts.isEmpty() || liveAlone) {
      return facts.named(options.facts);
    }
    Optional<List<String>> configured =
        found.configuration().flatMap(file -> file.configuration().facts());
    return configured
        .map(
            names -> facts.named(names.stream().map(found.configuration().get()::resolve).toList()))
        .orElse(found.facts());
  }

  /** What the command line names is seen from the working directory, what is found from its own. */
  private List<ExceptionFiles.Source> exceptionSources(Nearest found) {
    if (accepting.isEmpty()) {
      return List.of();
    }
    if (!accepting.get().exceptions.isEmpty()) {
      return sources(exceptions.named(accepting.get().exceptions), real(Path.of("")));
    }
    Optional<ConfigurationFile> file = found.configuration();
    Optional<List<String>> configured = file.flatMap(it -> it.configuration().exceptions());
    if (configured.isPresent()) {
      List<String> names = configured.get().stream().map(file.get()::resolve).toList();
      return sources(exceptions.named(names), real(file.get().directory()));
    }
    return found.exceptions().stream()
        .map(path -> new ExceptionFiles.Source(path, real(path.toAbsolutePath().getParent())))
        .toList();
  }

  private static List<ExceptionFiles.Source> sources(List<Path> files, String base) {
    return files.stream().map(file -> new ExceptionFiles.Source(file, base)).toList();
  }

  private static String real(Path directory) {
    try {
      return directory.toRealPath().toString();
    } catch (IOException e) {
      return directory.toAbsolutePath().normalize().toString();
    }
  }

  private Optional<Path> baselineSource(Optional<ConfigurationFile> file) {
    return accepting.flatMap(
        given ->
            given
                .baseline
                .map(Path::of)
                .or(
                    () ->
                        file.flatMap(
                            found ->
                                found
                                    .configuration()
                                    .baseline()
                                    .map(name -> Path.of(found.resolve(name))))));
  }

  private List<String> policySources(Optional<ConfigurationFile> file) {
    if (!options.policies.isEmpty()) {
      return options.policies;
    }
    return file.flatMap(
            found ->
                found
                    .configuration()
                    .policies()
                    .map(names -> names.stream().map(found::resolve).toList()))
        .orElseGet(SitePolicies::folder);
  }

  private Context build(Sources sources) {
    List<HostFacts> hosts = new ArrayList<>(facts.of(sources.facts()));
    if (sources.live()) {
      addLive(hosts);
    }
    StorageCatalog storages = sources.storageCfg().map(this::catalog).orElse(StorageCatalog.NONE);
    this.hosts.addAll(hosts);
    PolicySet set = policies.of(sources.policies());
    Surroundings surroundings = new Surroundings(storages, hosts, sources.host(), set);
    if (accepting.isEmpty()) {
      return new Context(surroundings, sources.failOn(), sources.allowUnknown(), Accepted.NOTHING);
    }
    Accepted accepted =
        new Accepted(
            exceptions.of(sources.exceptions(), Optional.of(set)),
            sources.baseline().map(this::baseline));
    return new Context(
        surroundings.withExceptions(accepted.exceptions(accepting.get())),
        sources.failOn(),
        sources.allowUnknown(),
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

  private StorageCatalog catalog(Path path) {
    StorageCatalog known = catalogs.get(path);
    if (known == null) {
      known = readCatalog(path);
      catalogs.put(path, known);
    }
    return known;
  }

  private StorageCatalog readCatalog(Path path) {
    String display = Display.of(path);
    try {
      Path real = path.toRealPath();
      SourceText text = read.get(real);
      if (text == null) {
        text = DefinitionReader.document(path, display);
        read.put(real, text);
      }
      ParsedFile parsed = new StorageCfgFormat().parse(text);
      report(real, quoted(text, parsed.problems()));
      return ProxmoxStorages.catalog(
          display, parsed.storages().stream().map(ParsedFile.ParsedStorage::storage).toList());
    } catch (IOException e) {
      report(path, List.of(DefinitionReader.unreadable(display, e)));
      return StorageCatalog.NONE;
    }
  }

  private Nearest nearest(Path directory, Path top) {
    Nearest known = nearest.get(directory);
    if (known == null) {
      known = find(directory, top);
      nearest.put(directory, known);
    }
    return known;
  }

  private Nearest find(Path directory, Path top) {
    Optional<Nearest> above =
        directory.equals(top) || directory.getParent() == null
            ? Optional.empty()
            : Optional.of(nearest(directory.getParent(), top));
    Path storageCfg = directory.resolve(STORAGE_CFG);
    List<Path> own = options.facts.isEmpty() ? facts.in(directory) : List.of();
    List<Path> said = exceptionsIn(directory);
    return new Nearest(
        Files.isRegularFile(storageCfg)
            ? Optional.of(storageCfg)
            : above.flatMap(Nearest::storageCfg),
        own.isEmpty() ? above.map(Nearest::facts).orElse(List.of()) : own,
        said.isEmpty() ? above.map(Nearest::exceptions).orElse(List.of()) : said,
        configuration(directory).or(() -> above.flatMap(Nearest::configuration)));
  }

  private List<Path> exceptionsIn(Path directory) {
    boolean wanted = accepting.isPresent() && accepting.get().exceptions.isEmpty();
    if (!wanted) {
      return List.of();
    }
    return exceptions.among(
        options.facts.isEmpty()
            ? facts.withExceptions(directory)
            : FactsFiles.yamlFiles(directory));
  }

  private Optional<ConfigurationFile> configuration(Path directory) {
    Path path = directory.resolve(Configuration.FILE_NAME);
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    String display = Display.of(path);
    try {
      SourceText text = DefinitionReader.document(path, display);
      Configuration.Result result = Configuration.read(text);
      report(path, quoted(text, result.problems()));
      return Optional.of(new ConfigurationFile(directory, result.configuration()));
    } catch (IOException e) {
      report(path, List.of(DefinitionReader.unreadable(display, e)));
      return Optional.empty();
    }
  }

  private static List<Problem> quoted(SourceText text, List<Problem> problems) {
    return problems.stream().map(text::quote).toList();
  }

  private void report(Path path, List<Problem> found) {
    if (!found.isEmpty()) {
      problems.computeIfAbsent(path, name -> new ArrayList<>()).addAll(found);
    }
  }
}
