package dev.policyctl.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The files that are made beside a definition while it is written, {@code
 * .100.conf.policyctl-0123456789abcdef}. A run that is killed leaves one behind; a later one that
 * writes in the same directory takes it away. A lock, which ends with its process, tells those in
 * use from those left behind. Not thread-safe.
 */
final class TemporaryFiles {
  private static final String MARK = ".policyctl-";
  private static final int DIGITS = 16;

  private final Set<Path> cleared = new HashSet<>();

  /** A name that no file has, most likely. */
  Path nameBeside(Path path) {
    long random = ThreadLocalRandom.current().nextLong();
    String digits = String.format(Locale.ROOT, "%0" + DIGITS + "x", random);
    return path.resolveSibling("." + path.getFileName() + MARK + digits);
  }

  /** Says that a file is in use for as long as the channel is open. */
  static void markInUse(FileChannel channel) {
    try {
      channel.tryLock();
    } catch (IOException e) {
      // A file system without locks: another run may take the file away, and this one then fails
      // to rename it, with nothing lost.
    }
  }

  /** Removes what earlier runs left in a directory, the first time that it is asked to. */
  void clearAway(Path directory) {
    if (!cleared.add(directory)) {
      return;
    }
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(directory, entry -> isOurs(entry.getFileName().toString()))) {
      entries.forEach(TemporaryFiles::removeUnlessInUse);
    } catch (IOException | DirectoryIteratorException e) {
      // What cannot be listed cannot be cleared away; the write itself will tell.
    }
  }

  private static boolean isOurs(String name) {
    int mark = name.length() - DIGITS - MARK.length();
    return mark > 1
        && name.startsWith(".")
        && name.startsWith(MARK, mark)
        && name.chars().skip(mark + MARK.length()).allMatch(TemporaryFiles::isDigit);
  }

  private static boolean isDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private static void removeUnlessInUse(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.delete(file);
      }
    } catch (IOException | OverlappingFileLockException e) {
      // In use, or not ours to remove.
    }
  }
}
