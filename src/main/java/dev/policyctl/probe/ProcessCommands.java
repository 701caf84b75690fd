package dev.policyctl.probe;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs programs of this host: no shell, no input, English messages, bounded time and output. A
 * program that the kernel does not let die is left behind.
 */
final class ProcessCommands implements Commands {
  private static final int MAX_BYTES = 32 << 20;

  private final Duration patience;

  ProcessCommands(Duration patience) {
    this.patience = patience;
  }

  @Override
  public Output run(List<String> command) {
    Process process;
    try {
      process = builder(command).start();
    } catch (IOException e) {
      return new Output(Ending.MISSING, "", "");
    }
    try {
      return await(process);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Output(Ending.GIVEN_UP, "", "");
    } finally {
      process.destroyForcibly();
    }
  }

  private Output await(Process process) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    CompletableFuture<String> out = reading(process.getInputStream());
    CompletableFuture<String> error = reading(process.getErrorStream());
    try {
      String said = out.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      String complained = error.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      boolean ended = process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!ended) {
        return new Output(Ending.GIVEN_UP, said, complained);
      }
      Ending ending = process.exitValue() == 0 ? Ending.SUCCESS : Ending.FAILURE;
      return new Output(ending, said, complained);
    } catch (TimeoutException | ExecutionException e) {
      return new Output(Ending.GIVEN_UP, "", "");
    }
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    environment.clear();
    environment.put("PATH", path + ":/usr/sbin:/sbin");
    environment.put("LC_ALL", "C");
    return builder;
  }

  private static CompletableFuture<String> reading(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                  text.completeExceptionally(new IOException("too much output"));
                }
                text.complete(new String(bytes, StandardCharsets.UTF_8));
              } catch (IOException e) {
                text.completeExceptionally(e);
              }
            },
            "output of a command");
    reader.setDaemon(true);
    reader.start();
    return text;
  }
}
