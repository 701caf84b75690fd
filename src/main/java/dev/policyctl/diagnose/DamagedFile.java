package dev.policyctl.diagnose;

import dev.policyctl.source.Location;
import java.util.List;
import java.util.OptionalLong;

/**
 * A file whose data did not match its checksums.
 *
 * @param device the one that the kernel names the file system by; for ZFS the pool; empty when no
 *     line tells
 * @param root id of the btrfs subvolume; empty when no line tells, and for ZFS
 * @param inode number on btrfs; empty for ZFS, which names files by path
 * @param paths absolute, or relative to the subvolume as the kernel prints them
 * @param owners the volumes that it belongs to; empty when none is known
 * @param firstSeen the first line that tells of it
 */
public record DamagedFile(
    String device,
    OptionalLong root,
    OptionalLong inode,
    List<String> paths,
    Damage damage,
    List<KnownImage> owners,
    Explanation explanation,
    Conclusion conclusion,
    Location firstSeen) {
  public DamagedFile {
    paths = List.copyOf(paths);
    owners = List.copyOf(owners);
  }
}
