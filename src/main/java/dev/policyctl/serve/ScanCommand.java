package dev.policyctl.serve;

import dev.policyctl.cli.HelpOption;
import dev.policyctl.cli.ReportFormatConverter;
import dev.policyctl.cli.SeverityConverter;
import dev.policyctl.cli.Terminal;
import dev.policyctl.policy.Severity;
import dev.policyctl.report.ReportFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
      "Policies, HostFacts and exceptions of the cluster count, and those that are named."
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
      description = "StoragePolicyException documents, beside the cluster's")
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

  public ScanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    ScanRun.Options options =
        new ScanRun.Options(
            kubeconfig, policies, facts, exceptions, format, output, failOn, allowUnknown);
    return new ScanRun(options, terminal).run();
  }
}
