package dev.policyctl.serve;

import dev.policyctl.cli.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say with which certificate the service answers, and whose it wants to see. */
final class TlsOptions {
  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "the certificate chain, PEM; read again when it changes")
  private Optional<Path> certificate = Optional.empty();

  @Option(names = "--tls-key", paramLabel = "FILE", description = "the certificate's key, PEM")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--tls-secret",
      paramLabel = "NAME",
      description = "make a certificate, keep it in this Secret, and renew it")
  private Optional<String> secret = Optional.empty();

  @Option(
      names = "--tls-dns-name",
      paramLabel = "NAME",
      description = "with --tls-secret: what the API server calls this service by")
  private List<String> dnsNames = List.of();

  @Option(
      names = "--webhook-configuration",
      paramLabel = "NAME",
      description = "with --tls-secret: whose caBundle is kept up to date")
  private List<String> webhookConfigurations = List.of();

  @Option(
      names = "--client-ca",
      paramLabel = "FILE",
      description =
          "answer only callers with a certificate of these authorities, PEM; read again when it"
              + " changes")
  private Optional<Path> clientAuthority = Optional.empty();

  @Option(
      names = "--client-name",
      paramLabel = "NAME",
      description =
          "with --client-ca: the common or alternative name of one who may call (default: anyone)")
  private List<String> clientNames = List.of();

  /**
   * Checks what was given and puts it into the configuration.
   *
   * @param noCluster whether there is no cluster to keep a Secret in
   */
  void set(boolean noCluster) {
    if (certificate.isPresent() != key.isPresent()) {
      throw new UsageException("`--tls-certificate` and `--tls-key` go together", "give both");
    }
    if (certificate.isPresent() == secret.isPresent()) {
      throw new UsageException(
          "no certificate, or two of them",
          "give `--tls-certificate` and `--tls-key`, or `--tls-secret`");
    }
    if (secret.isPresent() && (noCluster || dnsNames.isEmpty())) {
      throw new UsageException(
          "`--tls-secret` needs a cluster and a name to make a certificate for",
          "give `--tls-dns-name`, and leave `--no-cluster` out");
    }
    certificate.ifPresent(
        file -> ServeCommand.set("policyctl.service.tls-certificate", ServeCommand.readable(file)));
    key.ifPresent(
        file -> ServeCommand.set("policyctl.service.tls-key", ServeCommand.readable(file)));
    secret.ifPresent(name -> ServeCommand.set("policyctl.service.tls-secret", name));
    setNames("policyctl.service.tls-dns-name", dnsNames);
    setNames("policyctl.service.webhook-configuration", webhookConfigurations);
    setCallers();
  }

  private void setCallers() {
    if (clientAuthority.isEmpty() && !clientNames.isEmpty()) {
      throw new UsageException(
          "`--client-name` needs an authority that vouches for names", "give `--client-ca`");
    }
    if (clientNames.stream().anyMatch(String::isBlank)) {
      throw new UsageException(
          "`--client-name` is empty", "give a name, or leave the option out to let anyone call");
    }
    clientAuthority.ifPresent(
        file -> ServeCommand.set("policyctl.service.client-ca", ServeCommand.readable(file)));
    setNames("policyctl.service.client-name", clientNames);
  }

  private static void setNames(String property, List<String> names) {
    if (!names.isEmpty()) {
      ServeCommand.set(
          property,
          String.join(
              ",", names.stream().map(name -> name.replaceAll("[\\\\,]", "\\\\$0")).toList()));
    }
  }
}
