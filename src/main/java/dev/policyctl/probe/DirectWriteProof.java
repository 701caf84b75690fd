package dev.policyctl.probe;

import dev.policyctl.probe.ProofResult.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the kernel itself what an O_DIRECT write meets in a directory: writes a temporary file from
 * memory that another thread keeps changing, and reads it back. Where the fault is there, a btrfs
 * device's counter of corruption errors rises. The file has no name while it is written, so it goes
 * away however the program ends.
 *
 * <p>Every error is held against the same act with memory that rests: what fails then, too, is a
 * fault of the disk.
 */
public final class DirectWriteProof {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String kernel;

  /**
   * @param kernel the running kernel's release, for the evidence
   */
  public DirectWriteProof(String kernel) {
    this.kernel = kernel;
  }

  /**
   * Tries it in an existing directory, within a minute; takes 33 MiB there for a moment. Never
   * throws for what the file system does.
   */
  public ProofResult prove(Path directory) {
    Optional<OpenOption> direct = DirectOpen.option();
    if (direct.isEmpty()) {
      return notTried("this Java runtime cannot open files with O_DIRECT");
    }
    try (Patience patience = new Patience(PATIENCE, PATIENCE)) {
      return patience
          .call(() -> proveIn(directory, direct.get()))
          .orElseGet(() -> notTried("it did not end within " + PATIENCE.toSeconds() + " seconds"));
    }
  }

  private ProofResult proveIn(Path directory, OpenOption direct) throws InterruptedException {
    try {
      if (Files.getFileStore(directory).getUsableSpace() < 2 * WriteRace.BYTES) {
        return notTried("there is not enough free space");
      }
      Path file = Files.createTempFile(directory, ".policyctl-prove-", ".tmp");
      try {
        return proveWith(file, direct);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return notTried(LivePaths.reason(e));
    }
  }

  private ProofResult proveWith(Path file, OpenOption direct)
      throws IOException, InterruptedException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE,
            direct)) {
      return result(new WriteRace(BlockFile.of(channel)).run());
    } catch (AccessDeniedException | NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      // Only the opening throws this type, and the same file was just made without O_DIRECT.
      return new ProofResult(
          Outcome.REFUSED, "a file cannot be opened with O_DIRECT" + on() + ": " + e.getReason());
    }
  }

  private ProofResult result(WriteRace.Outcome seen) {
    if (seen.unreadableBlocks() > 0) {
      return new ProofResult(
          Outcome.UNREADABLE,
          seen.unreadableBlocks()
              + " of "
              + WriteRace.BLOCKS
              + " blocks became unreadable that were written with O_DIRECT"
              + " from memory that changed"
              + on());
    }
    if (seen.failedWrites() > 0) {
      return new ProofResult(
          Outcome.FAILED_WRITES,
          seen.failedWrites()
              + " of "
              + WriteRace.WRITES
              + " writes with O_DIRECT failed while the memory changed,"
              + " none when it rested"
              + on());
    }
    return new ProofResult(
        Outcome.NOTHING_SEEN,
        "no error in "
            + WriteRace.WRITES
            + " writes of 1 MiB with O_DIRECT from memory that changed"
            + on()
            + ", which does not prove that there can be none");
  }

  private String on() {
    return ", on kernel " + kernel;
  }

  private static ProofResult notTried(String why) {
    return new ProofResult(Outcome.NOT_TRIED, "nothing was learned: " + why);
  }
}
