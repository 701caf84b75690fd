package dev.policyctl.serve;

import dev.policyctl.cli.ExceptionFiles;
import dev.policyctl.cli.ExitCode;
import dev.policyctl.cli.FactsFiles;
import dev.policyctl.cli.HelpOption;
import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.cli.ReportFormatConverter;
import dev.policyctl.cli.ReportOutput;
import dev.policyctl.cli.SeverityConverter;
import dev.policyctl.cli.Terminal;
import dev.policyctl.cli.UsageException;
import dev.policyctl.cluster.ClusterDocuments;
import dev.policyctl.cluster.ClusterScan;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import dev.policyctl.report.Report;
import dev.policyctl.report.ReportFormat;
import dev.policyctl.report.ReportOptions;
import dev.policyctl.report.Run;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code policyctl scan}: judges what exists in a cluster, once. */
@Command(
    name = "scan",
    description = {
      "Judge what exists in a Kubernetes cluster, once, and change nothing there.",
      "",
      "Policies and HostFacts of the cluster count, and those that are named."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 all pass   1 something fails   2 usage, no cluster, a kind that cannot be listed",
      "  3 nothing fails but something is unknown   70 a defect of policyctl"
    })
public final class ScanCommand implements Callable<Integer> {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "how to reach the API server (default: as kubectl does)")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(
      names = "--policies",
      paramLabel = "FILE|DIR",
      description = "policies of your own, beside the bundled ones and the cluster's")
  private List<Path> policies = List.of();

  @Option(names = "--facts", paramLabel = "FILE|DIR", description = "HostFacts documents")
  private List<String> facts = List.of();

  @Option(
      names = "--exceptions",
      paramLabel = "FILE|DIR",
      description = "StoragePolicyException documents")
  private List<String> exceptions = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "how to print the findings: ${COMPLETION-CANDIDATES} (default: text)",
      completionCandidates = ReportFormatConverter.Words.class,
      converter = ReportFormatConverter.class)
  private ReportFormat format = ReportFormat.TEXT;

  @Option(names = "--output", paramLabel = "FILE", description = "write the report there")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--fail-on",
      paramLabel = "error|warning|info",
      description = "from which severity on a finding counts for the exit code (default: error)",
      converter = SeverityConverter.class)
  private Severity failOn = Severity.ERROR;

  @Option(
      names = "--allow-unknown",
      description = "exit 0 where nothing fails but something is unknown")
  private boolean allowUnknown;

  @Mixin HelpOption help = new HelpOption();

  private final Terminal terminal;
  private Summary summary = Summary.EMPTY;
  private ExitCode exit = ExitCode.PASS;

  public ScanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config()).build();
        ReportOutput out = ReportOutput.open(output, terminal)) {
      List<Problem> problems = new ArrayList<>();
      Surroundings surroundings = surroundings(client, problems);
      Report report = format.open(out.target(), options(out, surroundings.policies()));
      problems.addAll(
          ClusterScan.run(client, surroundings, scanned -> write(report, scanned.result())));
      for (Problem problem : problems) {
        report.file(FileResult.unreadable(problem));
        exit = exit.orWorse(ExitCode.USAGE);
      }
      report.finish(summary, exit.number());
    } catch (KubernetesClientException e) {
      throw new UsageException(
          "the API server does not answer: " + e.getMessage(),
          "see that `kubectl get nodes` does, or name another `--kubeconfig`");
    }
    return exit.number();
  }

  private static ReportOptions options(ReportOutput out, PolicySet policies) {
    String version =
        Optional.ofNullable(ScanCommand.class.getPackage().getImplementationVersion()).orElse("");
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Run run = new Run(version, "policyctl scan", now, policies.all());
    return new ReportOptions(out.color(), false, run);
  }

  private Config config() {
    return kubeconfig
        .map(file -> Config.fromKubeconfig(ServeCommand.existing(file).toFile()))
        .orElseGet(() -> Config.autoConfigure(null));
  }

  private Surroundings surroundings(KubernetesClient client, List<Problem> problems) {
    PolicyFiles.Loaded loaded = PolicyFiles.load(policies);
    problems.addAll(loaded.problems());
    ClusterDocuments documents = ClusterDocuments.read(client);
    problems.addAll(documents.problems());
    PolicySet all = loaded.policies().with(documents.policies());
    Map<String, HostFacts> hosts = new LinkedHashMap<>();
    documents.facts().forEach(host -> hosts.put(host.name(), host));
    FactsFiles files = new FactsFiles((path, found) -> problems.addAll(found));
    files.of(files.named(facts)).forEach(host -> hosts.put(host.name(), host));
    List<Exceptions.Scoped> accepted =
        ExceptionFiles.named(exceptions, Optional.of(all), (path, found) -> problems.addAll(found));
    // As admission does it: an object's own annotations are not obeyed.
    return new Surroundings(StorageCatalog.NONE, hosts.values(), Optional.empty(), all)
        .withExceptions(
            new Exceptions(accepted, Optional.empty(), false, () -> LocalDate.now(ZoneOffset.UTC)));
  }

  private void write(Report report, FileResult result) {
    summary = summary.plus(result);
    try {
      report.file(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    result.findings().forEach(this::count);
  }

  private void count(Finding finding) {
    if (!finding.severity().isAtLeast(failOn)) {
      return;
    }
    if (finding.verdict() == Verdict.FAIL) {
      exit = exit.orWorse(ExitCode.FAIL);
    } else if (finding.verdict() == Verdict.UNKNOWN && !allowUnknown) {
      exit = exit.orWorse(ExitCode.UNKNOWN);
    }
  }
}
