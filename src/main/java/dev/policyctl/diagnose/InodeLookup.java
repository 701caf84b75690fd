package dev.policyctl.diagnose;

import dev.policyctl.model.HostFacts;
import dev.policyctl.model.HostFacts.HostFile;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a host's files besides the log: the kernel names a file by numbers, a person
 * needs a path. Devices are names without {@code /dev/}, as the kernel prints them.
 */
public interface InodeLookup {

  /**
   * Absolute paths of a file on btrfs; empty when it is not known, several for hard links.
   *
   * @param device the one that the kernel names the file system by
   */
  List<String> paths(String device, long root, long inode);

  /** Absolute paths of the files that own the block at a logical address; empty when not known. */
  List<String> pathsAt(String device, long logical);

  /** What is known of the file or directory at an absolute path. */
  Optional<HostFile> file(String path);

  /** Knows nothing. */
  static InodeLookup none() {
    return new FactsLookup(List.of(), List.of());
  }

  /** Knows the files in the facts of one host; no logical addresses. */
  static InodeLookup of(HostFacts facts) {
    return new FactsLookup(facts.files(), facts.filesystems());
  }
}
