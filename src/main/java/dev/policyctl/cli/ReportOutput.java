package dev.policyctl.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a report goes: a file, or standard output, which stays open. */
final class ReportOutput implements AutoCloseable {
  private final Writer writer;
  private final boolean color;
  private final boolean ownsStream;

  private ReportOutput(OutputStream stream, boolean color, boolean ownsStream) {
    this.writer =
        new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
    this.color = color;
    this.ownsStream = ownsStream;
  }

  static ReportOutput open(Optional<String> file, Terminal terminal) {
    if (file.isEmpty()) {
      return new ReportOutput(terminal.out(), terminal.colorOut(), false);
    }
    try {
      return new ReportOutput(Files.newOutputStream(Path.of(file.get())), false, true);
    } catch (IOException e) {
      throw new UsageException(
          "cannot write `" + file.get() + "`: " + DefinitionReader.reason(e), "");
    }
  }

  Appendable target() {
    return writer;
  }

  boolean color() {
    return color;
  }

  @Override
  public void close() throws IOException {
    writer.flush();
    if (ownsStream) {
      writer.close();
    }
  }
}
