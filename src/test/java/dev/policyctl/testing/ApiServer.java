package dev.policyctl.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real API server of a test's own, with an empty etcd, and kubectl to speak to it.
 *
 * <p>Its programs are {@code k8s/VERSION/{etcd,kube-apiserver,kubectl}} in the folder that the
 * variable {@code KUBE_API_TEST_DIR} names, else in {@code policyctl-kube} of the user's cache. A
 * test that does not find them is skipped, with the reason. Nothing is written there.
 */
public final class ApiServer implements AutoCloseable {
  private static final String[] PROGRAMS = {"etcd", "kube-apiserver", "kubectl"};
  private static final int START_SECONDS = 120;
  private static final int KUBECTL_SECONDS = 60;

  private final KubeAPIServer server;
  private final Path kubectl;
  private final Path scratch;
  private Optional<Process> another = Optional.empty();

  private ApiServer(KubeAPIServer server, Path kubectl, Path scratch) {
    this.server = server;
    this.kubectl = kubectl;
    this.scratch = scratch;
  }

  /** Skips the calling test where the programs are missing. */
  public static void assumeAvailable() throws IOException {
    boolean available = isAvailable();
    Assumptions.assumeTrue(
        available,
        () ->
            "no etcd, kube-apiserver and kubectl in a folder of "
                + root().resolve("k8s")
                + ": set KUBE_API_TEST_DIR");
  }

  public static boolean isAvailable() throws IOException {
    return programs().isPresent();
  }

  /**
   * @param scratch an empty folder for certificates and configuration
   */
  public static ApiServer start(Path scratch) throws IOException {
    return start(scratch, Map.of());
  }

  /**
   * @param flags further ones, with their dashes
   */
  public static ApiServer start(Path scratch, Map<String, String> flags) throws IOException {
    Path programs = programs().orElseThrow();
    Files.createSymbolicLink(scratch.resolve("k8s"), programs.getParent().toAbsolutePath());
    String folder = programs.getFileName().toString();
    KubeAPIServerConfigBuilder config =
        KubeAPIServerConfigBuilder.anAPIServerConfig()
            .withTestDir(scratch.toString())
            .withApiServerVersion(folder.substring(0, folder.indexOf('-')))
            .withOfflineMode(true)
            .withStartupTimeout(START_SECONDS * 1000);
    flags.forEach(config::withApiServerFlag);
    KubeAPIServer server = new KubeAPIServer(config.build());
    server.start();
    Files.writeString(scratch.resolve("kubeconfig"), server.getKubeConfigYaml());
    return new ApiServer(server, programs.resolve("kubectl"), scratch);
  }

  private static Path root() {
    String named = System.getenv("KUBE_API_TEST_DIR");
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    return cache == null || cache.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache", "policyctl-kube")
        : Path.of(cache, "policyctl-kube");
  }

  /** The last version by name of those that are complete. */
  private static Optional<Path> programs() throws IOException {
    Path versions = root().resolve("k8s");
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(versions)) {
      return folders.filter(ApiServer::isComplete).max(Comparator.naturalOrder());
    }
  }

  private static boolean isComplete(Path folder) {
    return Stream.of(PROGRAMS).allMatch(name -> Files.isExecutable(folder.resolve(name)));
  }

  /** Creates what the files of a folder say, and returns what kubectl had to say of it. */
  public String create(Path folder) throws IOException, InterruptedException {
    return kubectl("create", "-f", folder.toString());
  }

  /** The objects of one kind in the default namespace, or those without one, as they are stored. */
  public JsonNode stored(String kind) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(kubectl("get", kind, "-o", "json")).get("items");
  }

  /** Its standard output and error as one text, whatever its exit code. */
  public String kubectl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(kubectl.toString()));
    command.add("--kubeconfig=" + scratch.resolve("kubeconfig"));
    command.add("--cache-dir=" + scratch.resolve("cache"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(scratch, "kubectl", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(KUBECTL_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " took over " + KUBECTL_SECONDS + " s");
    }
    return Files.readString(output);
  }

  /** Where it listens. */
  public int port() throws IOException {
    Matcher port =
        Pattern.compile("server: \"?https://[^:\\s]+:(\\d+)")
            .matcher(Files.readString(kubeconfig()));
    if (!port.find()) {
      throw new IOException("no port in " + kubeconfig());
    }
    return Integer.parseInt(port.group(1));
  }

  /**
   * Starts a second one over the same etcd, as a restart does: with nothing in its memory.
   *
   * @param environment what it has in its environment beside what this process has
   * @return where it listens, soon
   */
  public int startAnother(Map<String, String> environment) throws IOException {
    ProcessHandle first =
        ProcessHandle.current()
            .descendants()
            .filter(it -> it.info().command().orElse("").endsWith("/kube-apiserver"))
            .filter(it -> arguments(it).contains(scratch.toString()))
            .findFirst()
            .orElseThrow();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>(List.of(first.info().command().orElseThrow()));
    command.addAll(List.of(first.info().arguments().orElseThrow()));
    int at = command.indexOf("--secure-port");
    command.set(at + 1, Integer.toString(port));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("another.log").toFile());
    builder.environment().putAll(environment);
    another = Optional.of(builder.start());
    return port;
  }

  private static String arguments(ProcessHandle process) {
    return String.join(" ", process.info().arguments().orElse(new String[0]));
  }

  /** How to reach it. */
  public Path kubeconfig() {
    return scratch.resolve("kubeconfig");
  }

  @Override
  public void close() {
    another.ifPresent(Process::destroyForcibly);
    server.stop();
  }
}
