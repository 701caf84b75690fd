package dev.policyctl.probe;

import java.util.Optional;
import java.util.OptionalLong;

/** Looks at single files and directories. May block for ever on a mount that does not answer. */
interface Paths {

  Look look(String path);

  /** What stands at a path. */
  enum State {
    FILE,
    DIRECTORY,
    /** A device, a socket, a pipe: not opened. */
    OTHER,
    ABSENT,
    /** It is not known what stands there. */
    UNREADABLE
  }

  /**
   * What was seen.
   *
   * @param realPath without symbolic links; the path itself where nothing was found
   * @param trouble why it, or a part of it, could not be read; empty when all could
   */
  record Look(
      State state,
      String realPath,
      OptionalLong inode,
      Optional<Boolean> opensDirect,
      String trouble) {}
}
