package dev.policyctl.diagnose;

import dev.policyctl.diagnose.Conclusion.Step;
import dev.policyctl.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What to do about damage, as commands with the real paths. */
final class Steps {
  private static final int BTRFS_TOP_LEVEL = 5;

  private Steps() {}

  /** The definition did it: end the cause first, then mend the image. */
  static List<Step> cure(KnownImage image, DamagedFileName file) {
    String path = Printable.shellWord(file.absolutePathOr(image.path()));
    List<Step> steps = new ArrayList<>();
    steps.add(stop(image));
    if (image.isOpenedBy("loop")) {
      steps.add(
          new Step(
              "see that whatever attaches it again leaves direct I/O off",
              "losetup --direct-io=off \"$(losetup -nO NAME -j " + path + ")\""));
    } else {
      steps.add(
          new Step(
              "write through the page cache",
              "policyctl lint --fix " + Printable.shellWord(image.definitionPath())));
    }
    steps.add(new Step("restore the image from a backup, or save what can be read", rescue(path)));
    steps.add(new Step("start the guest and check its file systems, as a repair would", ""));
    steps.addAll(verify(image, file));
    return steps;
  }

  /**
   * Zeros take the place of what cannot be read. One sector at a time: a larger block would lose
   * its readable neighbours.
   */
  private static String rescue(String path) {
    return "dd if=" + path + " of=" + path + ".rescued bs=4096 iflag=fullblock conv=noerror,sync";
  }

  private static List<Step> verify(KnownImage image, DamagedFileName file) {
    if (image.values().get(Field.STORAGE_FILESYSTEM).is("zfs")) {
      String pool = Printable.shellWord(file.device());
      return List.of(
          new Step(
              "reset the pool's counters and look again",
              "zpool clear "
                  + pool
                  + " && zpool scrub -w "
                  + pool
                  + " && zpool status -v "
                  + pool));
    }
    if (!image.values().get(Field.STORAGE_FILESYSTEM).is("btrfs")) {
      return List.of();
    }
    String folder = Printable.shellWord(parent(image.path()));
    return List.of(
        new Step(
            "reset the devices' counters and look again",
            "btrfs device stats -z " + folder + " && btrfs scrub start -B " + folder));
  }

  /** No definition did it: the file comes from a backup, the hardware is examined. */
  static List<Step> restore(DamagedFileName file) {
    return List.of(
        new Step(
            "restore " + Printable.quoted(file.anyName()) + " from a backup or from where it came",
            ""));
  }

  static List<Step> examine(List<String> devices) {
    List<Step> steps = new ArrayList<>();
    for (String device : devices) {
      steps.add(
          new Step(
              "look at the disk's own record; then its cable, slot and power",
              "smartctl -x " + Printable.shellWord("/dev/" + device)));
    }
    steps.add(new Step("test the memory, with memtest86+ or with the machine's own diagnosis", ""));
    return steps;
  }

  /** How to get from btrfs' numbers to a path. */
  static List<Step> findPath(String device, OptionalLong root, long inode) {
    if (device.isEmpty()) {
      return List.of();
    }
    String mount = mountOf(device);
    if (root.isEmpty()) {
      return List.of(
          new Step(
              "find the files of this number, in every subvolume",
              "find " + mount + " -inum " + inode));
    }
    String subvolume =
        root.getAsLong() == BTRFS_TOP_LEVEL
            ? mount
            : "\"$mnt/$(btrfs inspect-internal subvolid-resolve "
                + root.getAsLong()
                + " \"$mnt\")\"";
    String prefix = root.getAsLong() == BTRFS_TOP_LEVEL ? "" : "mnt=" + mount + "; ";
    return List.of(
        new Step(
            "find its path",
            prefix + "btrfs inspect-internal inode-resolve " + inode + " " + subvolume));
  }

  static Step findPathAt(String device, long logical) {
    return new Step(
        "find the files that own the block",
        "btrfs inspect-internal logical-resolve " + logical + " " + mountOf(device));
  }

  static Step deviceStats(String device) {
    return new Step("read the devices' counters", "btrfs device stats " + mountOf(device));
  }

  /** A shell word for the place where a device is mounted. */
  private static String mountOf(String device) {
    String source = Printable.shellWord("/dev/" + device);
    return "\"$(findmnt -nfo TARGET -S " + source + ")\"";
  }

  private static Step stop(KnownImage image) {
    String id = Printable.shellWord(image.guest());
    String command =
        switch (image.format()) {
          case "proxmox-qemu" -> "qm shutdown " + id;
          case "proxmox-lxc" -> "pct shutdown " + id;
          case "libvirt-domain" -> "virsh shutdown " + id;
          default -> "";
        };
    return new Step("stop guest " + Printable.quoted(image.guest()), command);
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
