package dev.policyctl.cli;

import dev.policyctl.lint.Configuration;
import dev.policyctl.policy.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Decides which documents and settings make a context: what the command line names, else what a
 * configuration names, else what was found.
 */
final class ContextSources {
  private final ContextOptions options;
  private final Optional<ExceptionOptions> accepting;
  private final FactsFiles facts;
  private final ExceptionFiles exceptions;
  private final boolean liveAlone;

  /**
   * @param liveAlone whether this host's own facts are all that hold
   */
  ContextSources(
      ContextOptions options,
      Optional<ExceptionOptions> accepting,
      FactsFiles facts,
      ExceptionFiles exceptions,
      boolean liveAlone) {
    this.options = options;
    this.accepting = accepting;
    this.facts = facts;
    this.exceptions = exceptions;
    this.liveAlone = liveAlone;
  }

  /** What a context is made of: directories with the same sources share it. */
  record Sources(
      Optional<Path> storageCfg,
      List<Path> facts,
      List<ExceptionFiles.Source> exceptions,
      Optional<Path> baseline,
      List<String> policies,
      Optional<String> host,
      Severity failOn,
      boolean allowUnknown,
      boolean live) {}

  /**
   * @param live whether this host's own facts hold there
   */
  Sources of(ContextSearch.Nearest found, boolean live) {
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
  private List<Path> factsSources(ContextSearch.Nearest found) {
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
  private List<ExceptionFiles.Source> exceptionSources(ContextSearch.Nearest found) {
    if (accepting.isEmpty()) {
      return List.of();
    }
    if (!accepting.get().exceptions.isEmpty()) {
      return each(exceptions.named(accepting.get().exceptions), real(Path.of("")));
    }
    Optional<ConfigurationFile> file = found.configuration();
    Optional<List<String>> configured = file.flatMap(it -> it.configuration().exceptions());
    if (configured.isPresent()) {
      List<String> names = configured.get().stream().map(file.get()::resolve).toList();
      return each(exceptions.named(names), real(file.get().directory()));
    }
    return found.exceptions().stream()
        .map(path -> new ExceptionFiles.Source(path, real(path.toAbsolutePath().getParent())))
        .toList();
  }

  private static List<ExceptionFiles.Source> each(List<Path> files, String base) {
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
}
