package dev.policyctl.cli;

import java.io.PrintStream;

/**
 * A line on standard error that is drawn over itself, from the second second of work on and only
 * where a person watches.
 */
final class ProgressBar implements AutoCloseable {
  private static final long FIRST_AFTER_NANOS = 1_000_000_000L;
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final int WIDTH = 30;

  private final PrintStream err;
  private final boolean watched;
  private final int total;
  private long drawAt;
  private int done;
  private boolean drawn;

  ProgressBar(Terminal terminal, int total) {
    this.err = terminal.err();
    this.watched = terminal.interactiveErr();
    this.total = total;
    this.drawAt = System.nanoTime() + FIRST_AFTER_NANOS;
  }

  /** One more item is done. */
  void step() {
    done++;
    if (watched && System.nanoTime() - drawAt >= 0) {
      draw();
    }
  }

  /** Takes the line off the screen, before something else is printed there. */
  void clear() {
    if (drawn) {
      err.print("\r\u001B[K");
      err.flush();
      drawn = false;
    }
  }

  private void draw() {
    int filled = total == 0 ? WIDTH : (int) ((long) done * WIDTH / total);
    err.print(
        "\r"
            + "█".repeat(filled)
            + "░".repeat(WIDTH - filled)
            + " "
            + done
            + "/"
            + total
            + " files");
    err.flush();
    drawn = true;
    drawAt = System.nanoTime() + REDRAW_NANOS;
  }

  @Override
  public void close() {
    clear();
  }
}
