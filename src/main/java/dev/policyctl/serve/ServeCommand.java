package dev.policyctl.serve;

import dev.policyctl.cli.HelpOption;
import dev.policyctl.cli.Terminal;
import dev.policyctl.cli.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code policyctl serve}: turns the options into the service's configuration and starts it. */
@Command(name = "serve", description = "Answer a Kubernetes API server as its admission webhook.")
public final class ServeCommand implements Callable<Integer> {
  private static final String ENTRY_POINT = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "where reviews are answered, with TLS (default: 0.0.0.0:8443)")
  private String listen = "0.0.0.0:8443";

  @Option(
      names = "--management-listen",
      paramLabel = "HOST:PORT",
      description = "where health and metrics are served, without TLS (default: 0.0.0.0:9000)")
  private String managementListen = "0.0.0.0:9000";

  @Option(
      names = "--policies",
      paramLabel = "FILE|DIR",
      description = "policies of your own, beside the bundled ones; read again when they change")
  private List<Path> policies = List.of();

  @Option(
      names = "--facts",
      paramLabel = "FILE|DIR",
      description = "HostFacts documents; read again when they change")
  private List<Path> facts = List.of();

  @Option(
      names = "--exceptions",
      paramLabel = "FILE|DIR",
      description = "StoragePolicyException documents; read again when they change")
  private List<Path> exceptions = List.of();

  @Option(
      names = "--no-cluster",
      description = "answer from files alone, without a connection to an API server")
  private boolean noCluster;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "how to reach the API server (default: as kubectl, or a pod, does)")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "where this service runs (default: that of the service account or the context)")
  private Optional<String> namespace = Optional.empty();

  @Option(
      names = "--reports",
      paramLabel = "openreports|policyreport",
      description = "scan what exists and write a report for each object with findings")
  private Optional<String> reports = Optional.empty();

  @Option(
      names = "--scan-interval",
      paramLabel = "SECONDS",
      description =
          "with --reports or --scan-page: how long to wait between two scans (default: 3600)")
  private int scanInterval = 3600;

  @Option(
      names = "--scan-page",
      description = "show the findings of the last scan at /, as a page, without authentication")
  private boolean scanPage;

  @Option(names = "--events", description = "write an event for a refused object")
  private boolean events;

  @Option(
      names = "--http-api",
      description = "answer /api/v1/lint, /inspect and /policies too, without authentication")
  private boolean httpApi;

  @Option(
      names = "--max-concurrent-reviews",
      paramLabel = "N",
      description =
          "how many reviews are answered at once before further ones are not judged"
              + " (default: 1000)")
  private int maxConcurrentReviews = 1000;

  @Option(
      names = "--when-overloaded",
      paramLabel = "warn|deny",
      description = "what becomes of an object that there is no time to judge (default: warn)")
  private String whenOverloaded = "warn";

  @Option(
      names = "--shutdown-delay",
      paramLabel = "SECONDS",
      description =
          "how long reviews go on being answered after readiness has failed (default: 10)")
  private int shutdownDelay = 10;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description = "how to write the log, on standard output (default: text)")
  private String logFormat = "text";

  @Mixin private TlsOptions tls = new TlsOptions();

  @Mixin HelpOption help = new HelpOption();

  @SuppressWarnings("unused") // every command is made with the streams
  private final Terminal terminal;

  public ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ReflectiveOperationException {
    address("quarkus.http.host", "quarkus.http.ssl-port", "--listen", listen);
    address(
        "quarkus.management.host",
        "quarkus.management.port",
        "--management-listen",
        managementListen);
    tls.set(noCluster);
    set(
        "policyctl.service.max-concurrent-reviews",
        positive("--max-concurrent-reviews", maxConcurrentReviews));
    set(
        "policyctl.service.when-overloaded",
        oneOf("--when-overloaded", whenOverloaded, "warn", "deny"));
    reports.ifPresent(
        word ->
            set(
                "policyctl.service.reports",
                oneOf("--reports", word, "openreports", "policyreport")));
    set("policyctl.service.scan-interval", positive("--scan-interval", scanInterval));
    set("policyctl.service.events", Boolean.toString(events));
    set("policyctl.service.http-api", Boolean.toString(httpApi));
    if (scanPage && noCluster) {
      throw new UsageException(
          "`--scan-page` needs a cluster to scan", "leave it or `--no-cluster` out");
    }
    set("policyctl.service.scan-page", Boolean.toString(scanPage));
    set("policyctl.service.log-format", oneOf("--log-format", logFormat, "text", "json"));
    set("quarkus.shutdown.delay", positive("--shutdown-delay", shutdownDelay) + "s");
    setAll("policyctl.service.policies", policies);
    setAll("policyctl.service.facts", facts);
    setAll("policyctl.service.exceptions", exceptions);
    kubeconfig.ifPresent(file -> set("policyctl.service.kubeconfig", readable(file)));
    namespace.ifPresent(name -> set("policyctl.service.namespace", name));
    set("policyctl.service.cluster", Boolean.toString(!noCluster));
    start();
    return 0;
  }

  /**
   * Runs the service until the process is told to end. Its libraries are found beside its entry
   * point, in class loaders that it makes.
   */
  private static void start() throws ReflectiveOperationException {
    Class.forName(ENTRY_POINT)
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
  }

  private static String positive(String option, int value) {
    if (value < 1) {
      throw new UsageException("`" + option + "` must be at least 1", "");
    }
    return Integer.toString(value);
  }

  private static String oneOf(String option, String value, String... allowed) {
    if (!List.of(allowed).contains(value)) {
      throw new UsageException(
          "unknown value `" + value + "` of `" + option + "`",
          "use `" + String.join("` or `", allowed) + "`");
    }
    return value;
  }

  static String readable(Path file) {
    return existing(file).toString();
  }

  static Path existing(Path file) {
    if (!Files.isReadable(file)) {
      throw new UsageException("cannot read `" + file + "`", "name a file that exists");
    }
    return file;
  }

  private static void setAll(String property, List<Path> paths) {
    if (!paths.isEmpty()) {
      set(property, String.join(",", paths.stream().map(ServeCommand::readable).toList()));
    }
  }

  private static void address(String host, String port, String option, String address) {
    int colon = address.lastIndexOf(':');
    String number = address.substring(colon + 1);
    if (colon < 1 || !number.matches("[0-9]{1,5}") || Integer.parseInt(number) > 65_535) {
      throw new UsageException(
          "`" + address + "` is no address", "give `" + option + "` a `HOST:PORT`");
    }
    set(host, address.substring(0, colon).replaceAll("^\\[|]$", ""));
    set(port, number);
  }

  static void set(String property, String value) {
    System.setProperty(property, value);
  }
}
