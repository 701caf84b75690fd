package dev.policyctl.cli;

import dev.policyctl.policy.Severity;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The options that say with what definitions are judged; each replaces what is found beside them.
 */
final class ContextOptions {
  @Option(
      names = "--facts",
      paramLabel = "FILE|DIR|-",
      description = "HostFacts documents; a directory's *.yaml files; - for standard input")
  List<String> facts = List.of();

  @Option(
      names = "--storage-cfg",
      paramLabel = "FILE",
      description = "Proxmox storage definitions, the cluster's /etc/pve/storage.cfg")
  Optional<String> storageCfg = Optional.empty();

  @Option(
      names = "--policies",
      paramLabel = "FILE|DIR",
      description =
          "policies of your own, beside the bundled ones or instead of those of the same name")
  List<String> policies = List.of();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "the host that definitions run on, where their paths do not name it")
  Optional<String> host = Optional.empty();

  @Option(
      names = "--fail-on",
      paramLabel = "error|warning|info",
      description = "from which severity on a finding counts for the exit code (default: error)",
      converter = SeverityConverter.class)
  Optional<Severity> failOn = Optional.empty();

  @Option(
      names = "--allow-unknown",
      description = "exit 0 where nothing fails but something is unknown")
  boolean allowUnknown;

  @Option(
      names = "--no-probe",
      description = "do not look at this host for definitions in /etc/pve and /etc/libvirt")
  boolean noProbe;
}
