package dev.policyctl.serve;

import dev.policyctl.cluster.ReportApi;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@link ServeCommand} was told, as the service reads it. */
@ConfigMapping(prefix = "policyctl.service")
public interface ServiceOptions {
  /** Files and directories with policies beside the bundled ones. */
  Optional<List<String>> policies();

  /** Files and directories with HostFacts. */
  Optional<List<String>> facts();

  /** Files and directories with StoragePolicyException documents. */
  Optional<List<String>> exceptions();

  /** Whether the objects of a cluster are watched. */
  @WithDefault("true")
  boolean cluster();

  /** How to reach the API server; else as kubectl or a pod does. */
  Optional<String> kubeconfig();

  /** Where this service runs; else the kubeconfig's or the service account's. */
  Optional<String> namespace();

  /** The certificate chain in a file, PEM. */
  Optional<Path> tlsCertificate();

  /** Its key, PEM. */
  Optional<Path> tlsKey();

  /** The Secret that a self-made certificate is kept in. */
  Optional<String> tlsSecret();

  /** What the API server calls this service by. */
  Optional<List<String>> tlsDnsName();

  /** The webhook configurations that are told the authority of a self-made certificate. */
  Optional<List<String>> webhookConfiguration();

  /** The authorities whose certificates callers must show, PEM; anyone may call without it. */
  Optional<Path> clientCa();

  /** Of these, who may call; all where there are none. */
  Optional<List<String>> clientName();

  /** Whether the HTTP API answers. */
  @WithDefault("false")
  boolean httpApi();

  /** Whether the page of the last scan is shown. */
  @WithDefault("false")
  boolean scanPage();

  /** The API that reports of scans are written in; none where none are. */
  Optional<ReportApi> reports();

  /** Seconds between two scans. */
  @WithDefault("3600")
  int scanInterval();

  /** Whether an event is written for a refused object. */
  @WithDefault("false")
  boolean events();

  /** How many reviews are answered at once before further ones are not judged. */
  @WithDefault("1000")
  int maxConcurrentReviews();

  /** What becomes of an object that there is no time to judge. */
  @WithDefault("warn")
  WhenOverloaded whenOverloaded();

  /** Whether the log is lines for people or JSON objects. */
  @WithDefault("text")
  LogFormat logFormat();

  /** Lines for people, or a JSON object each. */
  enum LogFormat {
    TEXT,
    JSON
  }

  /** Admit with a warning, or refuse. */
  enum WhenOverloaded {
    WARN,
    DENY
  }
}
