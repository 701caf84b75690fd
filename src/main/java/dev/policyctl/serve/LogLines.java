package dev.policyctl.serve;

import dev.policyctl.serve.ServiceOptions.LogFormat;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.logging.Handler;
import org.jboss.logmanager.formatters.JsonFormatter;

/** Writes the log as JSON objects where that is wanted. */
@Singleton
final class LogLines {
  private static final int FIRST = 1;

  private final ServiceOptions options;

  LogLines(ServiceOptions options) {
    this.options = options;
  }

  void start(@Observes @Priority(FIRST) StartupEvent event) {
    if (options.logFormat() == LogFormat.JSON) {
      for (Handler handler : InitialConfigurator.DELAYED_HANDLER.getHandlers()) {
        handler.setFormatter(new JsonFormatter());
      }
    }
  }
}
