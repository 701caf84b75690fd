package dev.policyctl.diagnose;

import java.util.List;
import java.util.OptionalLong;

/**
 * Messages of btrfs in the kernel's log, after whatever prefix dmesg, syslog or the journal gave
 * them. The forms are those of fs/btrfs/{scrub,inode,btrfs_inode,bio,disk-io,volumes}.c from Linux
 * 3.x (no root, decimal checksums) to 7.x ({@code scrub:} prefix, fewer commas).
 */
final class BtrfsLines implements LineReader {
  /** BTRFS_DATA_RELOC_TREE_OBJECTID: a balance reads through an inode of its own. */
  private static final long RELOCATION_ROOT = -9;

  /** BTRFS_BTREE_INODE_OBJECTID; newer kernels print 0. Below the first inode of any file, 256. */
  private static final long LAST_METADATA_INODE = 1;

  private static final List<String> METADATA_MESSAGES =
      List.of(
          "checksum verify failed",
          "parent transid verify failed",
          "bad tree block",
          "tree block ",
          "corrupt leaf",
          "corrupt node",
          "csum hole found",
          "no csum found",
          "super block");

  @Override
  public boolean read(Line line, Evidence evidence) {
    int start = start(line.text());
    if (start < 0) {
      return false;
    }
    String text = line.text();
    String device = "";
    int colon = start;
    if (text.startsWith("(device ", start)) {
      device = Scan.device(Scan.word(text.substring(start), "device "));
      int close = text.indexOf(')', start);
      colon = close < 0 ? text.length() : close + 1;
    }
    String message = text.substring(colon);
    message = message.startsWith(":") ? message.substring(1).strip() : message.strip();
    message = message.startsWith("scrub: ") ? message.substring("scrub: ".length()) : message;
    return read(device, message, line, evidence);
  }

  /** Where the device or the message begins, after {@code BTRFS} and the level; -1 without it. */
  private static int start(String text) {
    int at = text.indexOf("BTRFS");
    at = at < 0 ? text.indexOf("btrfs") : at;
    if (at < 0 || (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1)))) {
      return -1;
    }
    int next = at + "BTRFS".length();
    if (next < text.length() && " :".indexOf(text.charAt(next)) < 0) {
      return -1;
    }
    while (next < text.length() && text.charAt(next) == ' ') {
      int end = next + 1;
      while (end < text.length() && Character.isLowerCase(text.charAt(end))) {
        end++;
      }
      if (!isLevel(text.substring(next + 1, end))) {
        return next + 1;
      }
      next = end;
    }
    return next;
  }

  private static boolean isLevel(String word) {
    return switch (word) {
      case "emerg", "alert", "critical", "error", "warning", "notice", "info", "debug" -> true;
      default -> false;
    };
  }

  private static boolean read(String device, String message, Line line, Evidence evidence) {
    int pathAt = message.indexOf("(path: ");
    String head = pathAt < 0 ? message : message.substring(0, pathAt);
    OptionalLong logical = Scan.number(head, "logical ");
    if (head.startsWith("csum failed")) {
      return readFailure(device, head, logical, line, evidence);
    }
    if (logical.isPresent() && head.startsWith("unable to fixup")) {
      evidence.address(device, logical.getAsLong()).lost();
      return true;
    }
    if (logical.isPresent() && head.startsWith("fixed up error")) {
      evidence.address(device, logical.getAsLong()).fixedUp();
      return true;
    }
    if (logical.isPresent() && head.contains("error at logical ")) {
      return scrubbed(device, head, path(message, pathAt), line, evidence);
    }
    if (head.startsWith("read error corrected") || head.startsWith("direct IO failed")) {
      return nameless(device, head, line, evidence);
    }
    if (head.startsWith("bdev ")) {
      return counters(head, evidence);
    }
    boolean metadata = METADATA_MESSAGES.stream().anyMatch(head::startsWith);
    if (metadata) {
      evidence.metadataError(device);
    }
    return metadata;
  }

  private static boolean readFailure(
      String device, String head, OptionalLong logical, Line line, Evidence evidence) {
    OptionalLong inode = inode(head);
    OptionalLong root = Scan.number(head, "root ");
    if (root.isPresent() && root.getAsLong() == RELOCATION_ROOT) {
      logical.ifPresent(address -> evidence.address(device, address));
    } else if (inode.isPresent()) {
      FileEvidence file = evidence.file(FileId.of(device, root, inode.getAsLong()), line.at());
      file.wrongAt(offset(head));
      file.mirror(Scan.number(head, "mirror "));
    }
    return inode.isPresent();
  }

  private static boolean scrubbed(
      String device, String head, String path, Line line, Evidence evidence) {
    OptionalLong logical = Scan.number(head, "logical ");
    OptionalLong inode = inode(head);
    if (inode.isEmpty() || logical.isEmpty()) {
      if (head.contains("metadata ")) {
        evidence.metadataError(device);
      }
      return true;
    }
    FileId id = FileId.of(device, Scan.number(head, "root "), inode.getAsLong());
    FileEvidence file = evidence.file(id, line.at());
    file.wrongAt(offset(head));
    file.path(path);
    if (head.startsWith("i/o error")) {
      file.readError();
    }
    evidence.address(device, logical.getAsLong()).belongsTo(id);
    return true;
  }

  /** Lines that name an inode without its root, in most kernels. */
  private static boolean nameless(String device, String head, Line line, Evidence evidence) {
    OptionalLong inode = inode(head);
    OptionalLong root = Scan.number(head, "root ");
    if (inode.isEmpty()) {
      return false;
    }
    if (inode.getAsLong() <= LAST_METADATA_INODE) {
      evidence.metadataError(device);
      return true;
    }
    FileId id = FileId.of(device, root, inode.getAsLong());
    FileEvidence file =
        root.isPresent() ? evidence.file(id, line.at()) : evidence.nameless(id, line.at());
    if (head.startsWith("direct IO failed")) {
      file.direct();
    } else {
      offset(head).ifPresent(file::correctedAt);
    }
    return true;
  }

  private static boolean counters(String head, Evidence evidence) {
    String device = Scan.device(Scan.between(head, "bdev ", " errs"));
    if (device.isEmpty()) {
      return false;
    }
    evidence.device(
        new DeviceErrors(
            device,
            Scan.number(head, "wr ").orElse(0),
            Scan.number(head, "rd ").orElse(0),
            Scan.number(head, "flush ").orElse(0),
            Scan.number(head, "corrupt ").orElse(0),
            Scan.number(head, "gen ").orElse(0)));
    return true;
  }

  private static OptionalLong inode(String head) {
    OptionalLong inode = Scan.number(head, "inode ");
    return inode.isPresent() ? inode : Scan.number(head, "ino ");
  }

  private static OptionalLong offset(String head) {
    OptionalLong offset = Scan.number(head, "offset ");
    return offset.isPresent() ? offset : Scan.number(head, "off ");
  }

  /** Up to the last bracket of the line: a name may hold brackets itself. */
  private static String path(String message, int pathAt) {
    int end = message.lastIndexOf(')');
    int start = pathAt + "(path: ".length();
    return pathAt < 0 || end < start ? "" : Scan.unescaped(message.substring(start, end));
  }
}
