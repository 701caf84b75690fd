package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The file systems that are known, and what each kind does with a volume's data. */
final class FilesystemKinds {
  /** Local, on one block device, without checksums of data. */
  private static final Set<String> PLAIN =
      Set.of(
          "ext2",
          "ext3",
          "ext4",
          "xfs",
          "jfs",
          "f2fs",
          "nilfs2",
          "reiserfs",
          "ntfs3",
          "vfat",
          "exfat",
          "gfs2",
          "ocfs2",
          "udf",
          "iso9660",
          "squashfs",
          "erofs");

  private static final Set<String> NETWORK =
      Set.of("nfs", "cifs", "ceph", "fuse.ceph", "glusterfs", "fuse.glusterfs", "fuse.sshfs");

  private FilesystemKinds() {}

  /** The model's name of a type in /proc/self/mountinfo. */
  static String modelName(String mountType) {
    return switch (mountType) {
      case "nfs4" -> "nfs";
      case "smb3", "smbfs" -> "cifs";
      default -> mountType;
    };
  }

  static boolean isNetwork(String filesystem) {
    return NETWORK.contains(filesystem);
  }

  /** Whether it keeps data on block devices of this host without checksums. */
  static boolean isPlain(String filesystem) {
    return filesystem.isEmpty() || PLAIN.contains(filesystem);
  }

  static StorageRules rules(Site site, String filesystem, Fact<Boolean> nocowOption) {
    return switch (filesystem) {
      case "btrfs" -> new BtrfsRules(site, nocowOption);
      case "zfs" -> new ZfsRules(site);
      case "bcachefs" -> new BcachefsRules(site);
      case "tmpfs" -> new PlainRules("tmpfs", tmpfs(site));
      case "nfs" -> new PlainRules("nfs", nfs(site));
      case "" -> new PlainRules(name(site), inPlace(name(site)));
      default -> other(site, filesystem);
    };
  }

  private static StorageRules other(Site site, String filesystem) {
    if (PLAIN.contains(filesystem)) {
      return new PlainRules(filesystem, inPlace(filesystem));
    }
    return isNetwork(filesystem)
        ? new PlainRules(
            filesystem,
            Fact.unknown(
                site.missing(
                    Field.STORAGE_DIRECT_WRITES,
                    "`directWrites` of the mount in the host's facts would tell")))
        : new OpaqueRules(site, filesystem);
  }

  private static String name(Site site) {
    return site.access().is("network") ? "network storage" : "a plain block device";
  }

  private static Fact<String> inPlace(String what) {
    return Fact.known("inPlace", what + " writes in place");
  }

  private static Fact<String> tmpfs(Site site) {
    Optional<KernelRelease> kernel = site.host().kernel();
    if (kernel.isEmpty()) {
      return Fact.unknown(site.host().missingKernel());
    }
    return KernelThresholds.TMPFS_ACCEPTS_DIRECT.isReachedBy(kernel.get())
        ? inPlace("tmpfs")
        : Fact.known("refused", "tmpfs of kernel " + kernel.get().text() + " refuses O_DIRECT");
  }

  // With krb5i and krb5p the client computes over the data while the writer may change it.
  private static Fact<String> nfs(Site site) {
    for (String option : List.of("sec=krb5i", "sec=krb5p")) {
      if (site.options().contains(option)) {
        return Fact.unknown(
            site.missing(
                Field.STORAGE_DIRECT_WRITES,
                "it is mounted with `"
                    + option
                    + "`: `directWrites` of the mount in the host's facts would tell"));
      }
    }
    return Fact.known("bounced", "the nfs server gets one copy");
  }
}
