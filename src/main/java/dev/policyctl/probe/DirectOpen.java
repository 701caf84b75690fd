package dev.policyctl.probe;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Opening files with O_DIRECT. */
final class DirectOpen {
  private static final Optional<OpenOption> DIRECT = find();

  private DirectOpen() {}

  // By name: naming the class does not compile without warnings on every JDK.
  private static Optional<OpenOption> find() {
    try {
      Object[] constants = Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
      for (Object constant : constants) {
        if (constant.toString().equals("DIRECT") && constant instanceof OpenOption option) {
          return Optional.of(option);
        }
      }
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** The option for O_DIRECT; nothing in a Java runtime that does not have it. */
  static Optional<OpenOption> option() {
    return DIRECT;
  }

  /**
   * Whether the file system lets a file be opened so. The file is opened for reading, nothing is
   * read: that leaves no trace.
   *
   * @throws IOException when the file cannot be opened at all
   */
  static Optional<Boolean> isPossible(Path file) throws IOException {
    if (DIRECT.isEmpty()) {
      return Optional.empty();
    }
    FileChannel.open(file, StandardOpenOption.READ).close();
    try {
      FileChannel.open(file, StandardOpenOption.READ, DIRECT.get()).close();
      return Optional.of(true);
    } catch (AccessDeniedException | NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      return Optional.of(false);
    }
  }
}
