package dev.policyctl.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kernel's own files under a root path. Only {@code /proc}, {@code /sys} and {@code /dev} are
 * read through it: they always answer, whatever the state of a mount.
 */
final class HostTree {
  private static final int MAX_BYTES = 32 << 20;

  private final Path root;
  private final Notes notes;

  HostTree(Path root, Notes notes) {
    this.root = root;
    this.notes = notes;
  }

  /** Whether the root is that of this process. */
  boolean isRunning() {
    return root.equals(Path.of("/"));
  }

  /** The whole text of a file, or nothing where there is none or it may not be read. */
  Optional<String> read(String path) {
    try (InputStream in = Files.newInputStream(at(path))) {
      return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      cannotRead(path, e);
      return Optional.empty();
    }
  }

  /** The text without the line feed that the kernel ends every value with; other ends stay. */
  Optional<String> value(String path) {
    return read(path)
        .map(text -> text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
  }

  boolean isFlagged(String path) {
    return value(path).filter("1"::equals).isPresent();
  }

  boolean exists(String path) {
    return Files.exists(at(path));
  }

  boolean isDirectory(String path) {
    return Files.isDirectory(at(path));
  }

  /** The names in a directory, sorted; empty where there is none or it may not be read. */
  List<String> list(String path) {
    try (Stream<Path> entries = Files.list(at(path))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      cannotRead(path, e);
      return List.of();
    }
  }

  /** The last name of the path that a device's symbolic link stands for. */
  Optional<String> realName(String path) {
    try {
      return Optional.of(at(path).toRealPath().getFileName().toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void cannotRead(String path, IOException e) {
    boolean denied = e instanceof AccessDeniedException;
    notes.warning(
        path,
        denied ? "cannot be read: permission denied" : "cannot be read: " + e.getMessage(),
        denied ? "run `policyctl probe` as root" : "");
  }

  private Path at(String path) {
    return root.resolve(path.substring(1));
  }
}
