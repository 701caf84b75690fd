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
}
