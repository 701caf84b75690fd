package dev.policyctl.serve;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** What {@link ServeCommand} was told, as the service reads it. */
@ConfigMapping(prefix = "policyctl.service")
public interface ServiceOptions {
  /** Files and directories with policies beside the bundled ones. */
  Optional<List<String>> policies();

  /** Files and directories with HostFacts. */
  Optional<List<String>> facts();

  /** Whether the objects of a cluster are watched. */
  @WithDefault("true")
  boolean cluster();

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
