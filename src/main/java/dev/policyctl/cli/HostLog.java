package dev.policyctl.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The host's own log, by logger(1): what a hook prints is kept by Proxmox VE with the task, and by
 * libvirt and LXC only where the guest is refused.
 */
final class HostLog {
  private static final int PATIENCE_SECONDS = 2;

  private final boolean isKept;

  /**
   * @param isKept whether there is a log to write to: of a recorded host there is none
   */
  HostLog(boolean isKept) {
    this.isKept = isKept;
  }

  /** One line; a host that cannot log goes without. */
  void write(String priority, String line) {
    if (!isKept) {
      return;
    }
    try {
      Process logger =
          new ProcessBuilder(
                  List.of("logger", "-t", "policyctl", "-p", "daemon." + priority, "--", line))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      logger.getOutputStream().close();
      if (!logger.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        logger.destroyForcibly();
      }
    } catch (IOException e) {
      // The same is on standard error.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
