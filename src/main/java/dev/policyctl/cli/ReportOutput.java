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

/** Where a report goes: a file, or a standard stream, which stays open. */
public final class ReportOutput implements AutoCloseable {
  private final Writer writer;
  private final boolean color;
  private final boolean ownsStream;

  private ReportOutput(OutputStream stream, boolean color, boolean ownsStream) {
    this.writer =
        new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
    this.color = color;
    this.ownsStream = ownsStream;
  }

  public static ReportOutput open(Optional<String> file, Terminal terminal) {
    return file.isEmpty()
        ? new ReportOutput(terminal.out(), terminal.colorOut(), false)
        : open(file.get());
  }

  /** As {@link #open(Optional, Terminal)}, where standard output has another use. */
  static ReportOutput openBesideOutput(Optional<String> file, Terminal terminal) {
    return file.isEmpty()
        ? new ReportOutput(terminal.err(), terminal.colorErr(), false)
        : open(file.get());
  }

  private static ReportOutput open(String file) {
    try {
      return new ReportOutput(Files.newOutputStream(Path.of(file)), false, true);
    } catch (IOException e) {
      throw new UsageException("cannot write `" + file + "`: " + DefinitionReader.reason(e), "");
    }
  }

  public Appendable target() {
    return writer;
  }

  public boolean color() {
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
