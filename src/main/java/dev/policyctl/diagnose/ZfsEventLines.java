package dev.policyctl.diagnose;

import java.util.OptionalLong;

/**
 * ZFS events: as {@code zpool events} lists them, and as zed writes them to syslog ({@code eid=7
 * class=checksum pool='tank' …}, cmd/zed/zed.d/all-syslog.sh).
 */
final class ZfsEventLines implements LineReader {

  @Override
  public boolean read(Line line, Evidence evidence) {
    String text = line.text();
    if (text.contains("ereport.fs.zfs.")) {
      return event("", Scan.word(text, "ereport.fs.zfs."), evidence);
    }
    if (!text.contains("eid=") || !text.contains("class=")) {
      return false;
    }
    String pool = Scan.word(text, "pool=").replace("'", "");
    String kind = Scan.word(text, "class=");
    String bookmark = Scan.word(text, "bookmark=");
    if (kind.equals("data") && !bookmark.isEmpty()) {
      return damaged(pool, bookmark, line, evidence);
    }
    return event(pool, kind, evidence);
  }

  private static boolean event(String pool, String kind, Evidence evidence) {
    if (kind.startsWith("dio_verify_wr")) {
      evidence.pool(pool).refusedDirectEvents++;
    } else if (kind.equals("data")) {
      evidence.pool(pool).dataErrors++;
    } else if (kind.equals("io") || kind.equals("io_failure") || kind.equals("probe_failure")) {
      evidence.hardwareSign("I/O errors of ZFS pool " + Printable.quoted(pool));
    } else {
      return kind.equals("checksum");
    }
    return true;
  }

  /** {@code objset:object:level:block}; {@code zpool status} names it in hexadecimal. */
  private static boolean damaged(String pool, String bookmark, Line line, Evidence evidence) {
    String[] numbers = bookmark.split(":", -1);
    OptionalLong objset = Scan.numberAt(numbers[0], 0);
    OptionalLong object = numbers.length > 1 ? Scan.numberAt(numbers[1], 0) : OptionalLong.empty();
    if (objset.isEmpty() || object.isEmpty()) {
      return false;
    }
    if (objset.getAsLong() == 0 || object.getAsLong() == 0) {
      evidence.metadataError(pool);
      return true;
    }
    String name = "<0x%x>:<0x%x>".formatted(objset.getAsLong(), object.getAsLong());
    evidence.file(FileId.ofPath(pool, name), line.at()).path(name);
    return true;
  }
}
