package dev.policyctl.diagnose;

import dev.policyctl.diagnose.Conclusion.Step;
import dev.policyctl.model.Field;
import java.util.ArrayList;
import java.util.List;

/** What to do about damage, as commands with the real paths. */
final class Steps {
  private static final int BTRFS_TOP_LEVEL = 5;

  private Steps() {}

  /** The definition did it: end the cause first, then mend the image. */
  static List<Step> cure(KnownImage image, DamagedFileName file) {
    boolean inside = image.isOpenedBy("process");
    String found = file.absolutePathOr(image.path());
    if (!inside && found.contains("@") && !found.equals(image.path())) {
      return List.of(
          endDirectWrites(image),
          new Step("a snapshot keeps the block: delete it when it is no longer needed", ""));
    }
    String path = Printable.shellWord(inside ? found : image.path());
    List<Step> steps = new ArrayList<>();
    steps.add(endDirectWrites(image));
    steps.add(stop(image));
    steps.add(new Step("restore the image from a backup, or save what can be read", rescue(path)));
    steps.add(
        new Step(
            "put what was saved in its place; keep the damaged file until all is well",
            "mv " + path + " " + path + ".damaged && mv " + path + ".rescued " + path));
    if (image.path().endsWith(".qcow2")) {
      steps.add(new Step("check the tables of the image", "qemu-img check " + path));
    }
    steps.add(new Step("start the guest and check its file systems, as a repair would", ""));
    steps.addAll(verify(image, file));
    return steps;
  }

  /** A loop device changes while it runs, a definition counts from the next start. */
  private static Step endDirectWrites(KnownImage image) {
    return image.isOpenedBy("loop")
        ? new Step(
            "turn direct I/O off, and see that whatever attaches the image leaves it off",
            "losetup --direct-io=off \"$(losetup -nO NAME -j "
                + Printable.shellWord(image.path())
                + ")\"")
        : new Step(
            "write through the page cache from the next start on",
            "policyctl lint --fix " + Printable.shellWord(image.definitionPath()));
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
    devices.stream()
        .map(Steps::recordOf)
        .filter(command -> !command.isEmpty())
        .distinct()
        .map(command -> new Step("look at the disk's own record; then cable, slot, power", command))
        .forEach(steps::add);
    steps.add(new Step("test the memory, with memtest86+ or with the machine's own diagnosis", ""));
    return steps;
  }

  /** The command for the disk of a partition; empty where the name does not tell the disk. */
  private static String recordOf(String device) {
    int end = device.length();
    while (end > 0 && Character.isDigit(device.charAt(end - 1))) {
      end--;
    }
    if (device.startsWith("nvme")) {
      boolean partition = end > 0 && end < device.length() && device.charAt(end - 1) == 'p';
      return "smartctl -x /dev/"
          + Printable.shellWord(device.substring(0, partition ? end - 1 : device.length()));
    }
    if (device.startsWith("sd")) {
      return "smartctl -x /dev/" + Printable.shellWord(device.substring(0, end));
    }
    boolean mapped =
        device.startsWith("dm-") || device.startsWith("md") || device.startsWith("mapper/");
    return mapped ? "lsblk -s " + Printable.shellWord("/dev/" + device) : "";
  }

  /** How to get from a file system's numbers to a path. */
  static List<Step> findPath(FileId id) {
    if (!id.path().isEmpty()) {
      return findObject(id.device(), id.path());
    }
    if (id.device().isEmpty() || id.inode().isEmpty()) {
      return List.of();
    }
    String mount = mountOf(id.device());
    long inode = id.inode().getAsLong();
    if (id.root().isEmpty()) {
      return List.of(
          new Step(
              "find the files of this number, in every subvolume",
              "find " + mount + " -inum " + inode));
    }
    long root = id.root().getAsLong();
    String resolve = "btrfs inspect-internal inode-resolve " + inode + " ";
    String subvolume = "\"$mnt/$(btrfs inspect-internal subvolid-resolve " + root + " \"$mnt\")\"";
    return List.of(
        new Step(
            "find its path",
            root == BTRFS_TOP_LEVEL
                ? resolve + mount
                : "mnt=" + mount + "; " + resolve + subvolume));
  }

  /** {@code dataset:<object>}; a dataset that is gone is a number in brackets itself. */
  private static List<Step> findObject(String pool, String name) {
    int colon = name.indexOf(":<");
    if (colon < 0) {
      return List.of();
    }
    if (name.startsWith("<")) {
      return List.of(
          new Step("let the pool name it", "zpool status -v " + Printable.shellWord(pool)));
    }
    String object = name.substring(colon + 2, name.length() - 1);
    return List.of(
        new Step(
            "find its path",
            "zdb -dddd "
                + Printable.shellWord(name.substring(0, colon))
                + " "
                + Printable.shellWord(object)));
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
