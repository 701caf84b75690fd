package dev.policyctl.diagnose;

import dev.policyctl.source.Location;
import java.util.List;
import java.util.OptionalLong;

/**
 * A file whose data did not match its checksums.
 *
 * @param device the one that the kernel names the file system by; for ZFS the pool; empty when no
 *     line tells
 * @param root id of the btrfs subvolume, or of the ZFS objset; empty when no line tells
 * @param inode number of the inode, or of the ZFS object
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
