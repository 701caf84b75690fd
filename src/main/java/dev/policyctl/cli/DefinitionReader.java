package dev.policyctl.cli;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.lint.Definition;
import dev.policyctl.lint.Formats;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;

/** Reads a file once: its beginning tells the format, the rest is read when there is one. */
final class DefinitionReader {
  static final int MAX_BYTES = 64 * 1024 * 1024;
  private static final int HEAD_BYTES = 64 * 1024;

  private final Optional<DefinitionFormat> format;

  /**
   * @param format what the user says that every file is; empty to find out
   */
  DefinitionReader(Optional<DefinitionFormat> format) {
    this.format = format;
  }

  /** What reading came to: a definition, a problem, or neither for a file that is none of ours. */
  record Result(Optional<Definition> definition, Optional<Problem> problem) {
    static final Result NOT_OURS = new Result(Optional.empty(), Optional.empty());

    static Result of(Definition definition) {
      return new Result(Optional.of(definition), Optional.empty());
    }

    static Result of(Problem problem) {
      return new Result(Optional.empty(), Optional.of(problem));
    }
  }

  Result read(InputFile file) {
    try (InputStream in = file.open()) {
      return read(file, in);
    } catch (IOException e) {
      return Result.of(unreadable(file.display(), e));
    }
  }

  private Result read(InputFile file, InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD_BYTES);
    int nul = indexOfNul(head);
    String start = nul >= 0 ? "" : new String(head, StandardCharsets.UTF_8);
    Optional<DefinitionFormat> found = format.or(() -> Formats.detect(file.fullPath(), start));
    if (found.isEmpty()) {
      return file.named() ? Result.of(unrecognised(file, nul)) : Result.NOT_OURS;
    }
    if (nul >= 0) {
      return Result.of(notText(file, nul));
    }
    byte[] bytes = head.length < HEAD_BYTES ? head : readRest(head, in);
    if (bytes.length > MAX_BYTES) {
      return Result.of(tooLarge(file.display()));
    }
    SourceText text = SourceText.decode(file.display(), bytes, found.get().charset(head));
    return Result.of(new Definition(text, file.fullPath(), found.get()));
  }

  /** A text that was read for another purpose already. */
  Result recognise(InputFile file, SourceText text) {
    String head = text.text().substring(0, Math.min(text.text().length(), HEAD_BYTES));
    return format
        .or(() -> Formats.detect(file.fullPath(), head))
        .map(found -> Result.of(new Definition(text, file.fullPath(), found)))
        .orElse(Result.NOT_OURS);
  }

  private static byte[] readRest(byte[] head, InputStream in) throws IOException {
    byte[] rest = in.readNBytes(MAX_BYTES + 1 - head.length);
    byte[] whole = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, whole, head.length, rest.length);
    return whole;
  }

  private static int indexOfNul(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  private static Problem unrecognised(InputFile file, int nul) {
    String what =
        nul >= 0
            ? "not a text file: byte " + (nul + 1) + " is NUL"
            : "the format of this file is not recognised";
    String formats = String.join(", ", Formats.names().stream().map(n -> "`" + n + "`").toList());
    return Problem.error(
        Location.ofFile(file.display()), what, "say it with `--as FORMAT`, one of " + formats);
  }

  private static Problem notText(InputFile file, int nul) {
    return Problem.error(
        Location.ofFile(file.display()),
        "not a text file: byte " + (nul + 1) + " is NUL",
        "restore the definition from a backup");
  }

  static Problem tooLarge(String path) {
    return Problem.error(
        Location.ofFile(path),
        "larger than " + MAX_BYTES / (1024 * 1024) + " MiB: no definition is",
        "name the definition, not an image or an archive");
  }

  /** Why a file could not be read, in a person's words. */
  static Problem unreadable(String path, IOException e) {
    return Problem.error(Location.ofFile(path), "cannot read: " + reason(e), "");
  }

  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemLoopException
        || String.valueOf(e.getMessage()).contains("Too many levels")) {
      return "a loop of symbolic links";
    }
    if (e instanceof FileSystemException detailed && detailed.getReason() != null) {
      return detailed.getReason();
    }
    return String.valueOf(e.getMessage());
  }

  /** The format of this name, or a usage error that lists them. */
  static DefinitionFormat formatNamed(String name) {
    return Formats.byName(name)
        .orElseThrow(
            () ->
                new UsageException(
                    "unknown format `" + name + "`",
                    "use one of "
                        + String.join(", ", Formats.names())
                        + Suggestion.didYouMean(name, Formats.names())));
  }

  /** Reads a document that is no definition: facts, a configuration, a policy. */
  static SourceText document(java.nio.file.Path path, String display) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return SourceText.decode(display, in.readNBytes(MAX_BYTES));
    }
  }
}
