package dev.policyctl.cli;

import dev.policyctl.exception.Baseline;
import dev.policyctl.exception.BaselineReader;
import dev.policyctl.exception.BaselineWriter;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.exception.Suppression;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A baseline in its file.
 *
 * @param path with links of its directory resolved
 * @param text what was read; empty where there is no such file yet
 * @param problems why it accepts nothing
 */
record BaselineFile(
    Path path,
    String display,
    Optional<SourceText> text,
    Baseline baseline,
    List<Problem> problems) {
  private static final String HELP = "make it with `policyctl lint --update-baseline`";

  static BaselineFile read(Path named, boolean mayBeAbsent) {
    String display = Display.of(named);
    Path path = named.toAbsolutePath().normalize();
    try {
      Path directory = path.getParent() == null ? path : path.getParent().toRealPath();
      path = directory.resolve(named.getFileName());
      if (mayBeAbsent && Files.notExists(path)) {
        return new BaselineFile(path, display, Optional.empty(), Baseline.EMPTY, List.of());
      }
      path = path.toRealPath();
      SourceText text = DefinitionReader.document(path, display);
      BaselineReader.Result read = BaselineReader.read(text);
      List<Problem> problems = read.problems().stream().map(text::quote).toList();
      return new BaselineFile(path, display, Optional.of(text), read.baseline(), problems);
    } catch (IOException e) {
      String why = "cannot read the baseline: " + DefinitionReader.reason(e);
      Problem problem = Problem.error(Location.ofFile(display), why, HELP);
      return new BaselineFile(path, display, Optional.empty(), Baseline.EMPTY, List.of(problem));
    }
  }

  /** The directory that its paths are seen from. */
  String base() {
    return String.valueOf(path.getParent());
  }

  Exceptions.Known known() {
    return new Exceptions.Known(
        baseline,
        base(),
        new Suppression(Suppression.By.BASELINE, "", "", "", Location.ofFile(display)));
  }

  /** Puts another in its place, whole or not at all. */
  void replace(Baseline other) throws WriteFailure {
    byte[] bytes = BaselineWriter.write(other).getBytes(StandardCharsets.UTF_8);
    if (text.isPresent()) {
      InputFile file =
          InputFile.of(
              path, path.toString(), path.toString(), path.getParent(), Optional.empty(), true);
      new DefinitionWriter().write(file, text.get().bytes(), bytes);
    } else {
      create(bytes);
    }
  }

  private void create(byte[] bytes) throws WriteFailure {
    Path copy = new TemporaryFiles().nameBeside(path);
    try {
      try (FileChannel channel =
          FileChannel.open(copy, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(copy, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw WriteFailure.ofUnchanged("cannot make it: " + DefinitionReader.reason(e), "");
    }
  }
}
