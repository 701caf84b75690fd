package dev.policyctl.probe;

import dev.policyctl.model.HostFacts;
import dev.policyctl.model.HostFacts.DirectWrites;
import dev.policyctl.model.HostFacts.Filesystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@link DirectWriteProof} saw.
 *
 * @param message what was tried and seen, lowercase start, no final period
 */
public record ProofResult(Outcome outcome, String message) {

  /** What became of data that changed while it was written. */
  public enum Outcome {
    /** Blocks could not be read back. */
    UNREADABLE("inPlace"),
    /** Writes failed, though they do not from memory that rests. */
    FAILED_WRITES("verified"),
    /** A file cannot be opened with O_DIRECT there. */
    REFUSED("refused"),
    /** All could be written and read. That proves nothing: the fault may just not have shown. */
    NOTHING_SEEN(""),
    /** Nothing could be learned. */
    NOT_TRIED("");

    private final String directWrites;

    Outcome(String directWrites) {
      this.directWrites = directWrites;
    }
  }

  /** Whether a guest that does the same loses data or sees errors. */
  public boolean isFault() {
    return outcome == Outcome.UNREADABLE || outcome == Outcome.FAILED_WRITES;
  }

  /** What it proves of direct writes; nothing where it proves nothing. */
  public Optional<DirectWrites> directWrites() {
    return outcome.directWrites.isEmpty()
        ? Optional.empty()
        : Optional.of(new DirectWrites(outcome.directWrites, message));
  }

  /**
   * The facts with what was proved added to the mount that holds a directory.
   *
   * @param directory absolute, without symbolic links
   */
  public HostFacts addTo(HostFacts facts, String directory) {
    int holding = -1;
    List<Filesystem> filesystems = new ArrayList<>(facts.filesystems());
    for (int i = 0; i < filesystems.size(); i++) {
      String mountPoint = filesystems.get(i).mountPoint();
      boolean nearer =
          holding < 0 || mountPoint.length() >= filesystems.get(holding).mountPoint().length();
      if (nearer && Mount.holds(mountPoint, directory)) {
        holding = i;
      }
    }
    if (holding < 0 || directWrites().isEmpty()) {
      return facts;
    }
    filesystems.set(holding, with(filesystems.get(holding), directWrites()));
    return new HostFacts(
        facts.name(),
        facts.collectedAt(),
        facts.kernelRelease(),
        facts.zfsVersion(),
        filesystems,
        facts.files(),
        facts.volumeGroups(),
        facts.zfsPools(),
        facts.storageClasses());
  }

  private static Filesystem with(Filesystem old, Optional<DirectWrites> directWrites) {
    return new Filesystem(
        old.mountPoint(),
        old.source(),
        old.type(),
        old.options(),
        old.btrfs(),
        old.zfs(),
        old.bcachefs(),
        old.below(),
        directWrites);
  }
}
