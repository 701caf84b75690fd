package dev.policyctl.serve;

import dev.policyctl.cli.ExceptionFiles;
import dev.policyctl.cli.ExitCode;
import dev.policyctl.cli.FactsFiles;
import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.cli.ReportOutput;
import dev.policyctl.cli.Terminal;
import dev.policyctl.cli.UsageException;
import dev.policyctl.cluster.ClusterDocuments;
import dev.policyctl.cluster.ClusterScan;
import dev.policyctl.exception.Attention;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.exception.StoragePolicyException;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.lint.UsedExceptions;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import dev.policyctl.report.Program;
import dev.policyctl.report.Report;
import dev.policyctl.report.ReportFormat;
import dev.policyctl.report.ReportOptions;
import dev.policyctl.report.Run;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pass of {@code policyctl scan}: apart from the command, which is described on machines that
 * have no client of a cluster.
 */
final class ScanRun {
  private static final int CONNECT_MILLIS = 5000;
  private static final int RETRIES = 2;

  private final Options options;
  private final Terminal terminal;
  private final UsedExceptions used = new UsedExceptions();
  private final Map<StoragePolicyException, Location> accepted = new LinkedHashMap<>();
  private Summary summary = Summary.EMPTY;
  private ExitCode exit = ExitCode.PASS;

  /** What the command was told. */
  record Options(
      Optional<Path> kubeconfig,
      List<Path> policies,
      List<String> facts,
      List<String> exceptions,
      ReportFormat format,
      Optional<String> output,
      Severity failOn,
      boolean allowUnknown) {}

  ScanRun(Options options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  /** The exit code. */
  int run() throws IOException {
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config()).build();
        ReportOutput out = ReportOutput.open(options.output(), terminal)) {
      List<Problem> problems = new ArrayList<>();
      Surroundings surroundings = surroundings(client, problems);
      Report report = options.format().open(out.target(), options(out, surroundings.policies()));
      problems.addAll(
          ClusterScan.run(
              client, Optional.empty(), surroundings, scanned -> write(report, scanned.result())));
      for (Problem problem : problems) {
        report.file(FileResult.unreadable(problem));
        exit = exit.orWorse(ExitCode.USAGE);
      }
      for (FileResult notice : notices(problems.isEmpty())) {
        report.file(notice);
      }
      report.finish(summary, exit.number());
    } catch (KubernetesClientException e) {
      throw new UsageException(
          "the API server does not answer: " + e.getMessage(),
          "see that `kubectl get nodes` does, or name another `--kubeconfig`");
    }
    return exit.number();
  }

  /** Of exceptions that end, and of those that suppress nothing of what exists. */
  private List<FileResult> notices(boolean isWhole) {
    List<FileResult> notices = new ArrayList<>();
    accepted.forEach(
        (exception, at) ->
            Attention.of(exception, today(), isWhole && !used.has(exception))
                .map(it -> Problem.warning(at, it.message(), it.help()))
                .map(it -> FileResult.ofProblems(at.path(), List.of(it)))
                .ifPresent(notices::add));
    return notices;
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  private static ReportOptions options(ReportOutput out, PolicySet policies) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Run run = new Run(Program.version(), "policyctl scan", now, policies.all());
    return new ReportOptions(out.color(), false, run);
  }

  private Config config() {
    Config config =
        options
            .kubeconfig()
            .map(file -> Config.fromKubeconfig(ServeCommand.existing(file).toFile()))
            .orElseGet(() -> Config.autoConfigure(null));
    // Somebody waits for it.
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setRequestRetryBackoffLimit(RETRIES);
    return config;
  }

  private Surroundings surroundings(KubernetesClient client, List<Problem> problems) {
    PolicyFiles.Loaded loaded = PolicyFiles.load(options.policies());
    problems.addAll(loaded.problems());
    ClusterDocuments documents = ClusterDocuments.read(client);
    problems.addAll(documents.problems());
    PolicySet all = loaded.policies().with(documents.policies());
    Map<String, HostFacts> hosts = new LinkedHashMap<>();
    documents.facts().forEach(host -> hosts.put(host.name(), host));
    FactsFiles files = new FactsFiles((path, found) -> problems.addAll(found));
    files.of(files.named(options.facts())).forEach(host -> hosts.put(host.name(), host));
    List<Exceptions.Scoped> scoped =
        new ArrayList<>(
            ExceptionFiles.named(
                options.exceptions(), Optional.of(all), (path, found) -> problems.addAll(found)));
    scoped.forEach(it -> accepted.put(it.exception(), it.exception().at()));
    for (StoragePolicyException exception : documents.exceptions()) {
      scoped.add(new Exceptions.Scoped(exception, ""));
      accepted.put(exception, Location.ofFile(exception.at().path()));
    }
    // As admission does it: an object's own annotations are not obeyed.
    return new Surroundings(StorageCatalog.NONE, hosts.values(), Optional.empty(), all)
        .withExceptions(new Exceptions(scoped, Optional.empty(), false, ScanRun::today));
  }

  private void write(Report report, FileResult result) {
    summary = summary.plus(result);
    used.add(result);
    try {
      report.file(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    result.findings().forEach(this::count);
  }

  private void count(Finding finding) {
    if (!finding.severity().isAtLeast(options.failOn())) {
      return;
    }
    if (finding.verdict() == Verdict.FAIL) {
      exit = exit.orWorse(ExitCode.FAIL);
    } else if (finding.verdict() == Verdict.UNKNOWN && !options.allowUnknown()) {
      exit = exit.orWorse(ExitCode.UNKNOWN);
    }
  }
}
