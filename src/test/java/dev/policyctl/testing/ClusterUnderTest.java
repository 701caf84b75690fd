package dev.policyctl.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real API server with our kinds, a stub of KubeVirt's machines and a service beside it, which is
 * registered by URL. Nothing is started where the programs are missing.
 */
public final class ClusterUnderTest implements QuarkusTestResourceLifecycleManager {
  /** Few enough for a test to reach. */
  public static final int MAX_CONCURRENT_REVIEWS = 20;

  private static Optional<ClusterUnderTest> running = Optional.empty();

  private Optional<ApiServer> server = Optional.empty();
  private Path tls = Path.of("");
  private Path scratch = Path.of("");

  public static ClusterUnderTest running() {
    return running.orElseThrow();
  }

  @Override
  public Map<String, String> start() {
    try {
      tls = TlsFiles.makeCertificate();
      Map<String, String> properties = new HashMap<>(TlsFiles.configuration(tls));
      properties.put("policyctl.service.cluster", "false");
      if (ApiServer.isAvailable()) {
        scratch = Files.createTempDirectory("policyctl-cluster");
        ApiServer started = ApiServer.start(scratch);
        server = Optional.of(started);
        running = Optional.of(this);
        prepare(started);
        properties.put("policyctl.service.cluster", "true");
        properties.put("policyctl.service.namespace", "default");
        properties.put("policyctl.service.reports", "openreports");
        properties.put("policyctl.service.scan-interval", "20");
        properties.put("policyctl.service.scan-page", "true");
        properties.put("policyctl.service.events", "true");
        properties.put(
            "policyctl.service.max-concurrent-reviews", Integer.toString(MAX_CONCURRENT_REVIEWS));
        properties.put("policyctl.service.kubeconfig", started.kubeconfig().toString());
      }
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void prepare(ApiServer started) throws IOException, InterruptedException {
    started.kubectl("create", "namespace", "vms");
    String made =
        started.kubectl(
            "apply",
            "-f",
            "helm/policyctl/crds",
            "-f",
            stub("kubevirt.yaml"),
            "-f",
            stub("openreports.yaml"));
    if (made.contains("rror")) {
      throw new IOException(made);
    }
    started.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
  }

  private static String stub(String name) {
    return "src/test/resources/cluster/" + name;
  }

  /** Registers the service, by URL. */
  public void register() throws IOException, InterruptedException {
    Path file = Files.writeString(scratch.resolve("webhooks.yaml"), webhooks(tls));
    String made = kubectl("apply", "-f", file.toString());
    if (made.contains("rror")) {
      throw new IOException(made);
    }
  }

  /** The manifest that registers the service under test, whose authority is in this folder. */
  public static String webhooks(Path tls) throws IOException {
    String bundle = Base64.getEncoder().encodeToString(Files.readAllBytes(tls.resolve("ca.crt")));
    return Files.readString(Path.of(stub("webhooks.yaml")))
        .replace("CA_BUNDLE", bundle)
        .replace("ADDRESS", "https://127.0.0.1:" + TlsClient.port());
  }

  /** What kubectl prints, of both streams. */
  public String kubectl(String... arguments) throws IOException, InterruptedException {
    return server.orElseThrow().kubectl(arguments);
  }

  /** Applies a manifest. */
  public String apply(String manifest) throws IOException, InterruptedException {
    return send("apply", manifest);
  }

  /** {@code kubectl VERB -f} of a manifest. */
  public String send(String verb, String manifest, String... options)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile(scratch, "manifest", ".yaml");
    Files.writeString(file, manifest);
    List<String> arguments = new ArrayList<>(List.of(verb, "-f", file.toString()));
    arguments.addAll(List.of(options));
    return kubectl(arguments.toArray(String[]::new));
  }

  /**
   * Starts another API server over the same objects.
   *
   * @return where it listens, soon
   */
  public int startAnother(Map<String, String> environment) throws IOException {
    return server.orElseThrow().startAnother(environment);
  }

  /** Puts another certificate, of another authority, where the service looks for it. */
  public void renewCertificate() throws IOException {
    TlsFiles.writeCertificate(tls);
  }

  public Path kubeconfig() {
    return server.orElseThrow().kubeconfig();
  }

  /** Stops the API server. */
  @Override
  public void stop() {
    server.ifPresent(ApiServer::close);
    server = Optional.empty();
  }
}
