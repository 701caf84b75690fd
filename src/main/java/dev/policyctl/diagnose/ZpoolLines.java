package dev.policyctl.diagnose;

import dev.policyctl.diagnose.Evidence.PoolEvidence;
import java.util.List;
import java.util.OptionalLong;

/** {@code zpool status}, with {@code -v} the damaged files and with {@code -d} the DIO column. */
final class ZpoolLines implements LineReader {
  private static final List<String> GROUPS =
      List.of("mirror-", "raidz", "draid", "replacing-", "spare-", "logs", "cache", "special");

  private static final List<String> WORDS =
      List.of("state: ", "status: ", "action: ", "see: ", "scan: ", "config:");

  private String pool = "";
  private long refused;
  private boolean inTable;
  private boolean inFiles;

  @Override
  public boolean read(Line line, Evidence evidence) {
    String text = line.text();
    if (text.startsWith("pool: ")) {
      finish(evidence);
      pool = text.substring("pool: ".length()).strip();
      inTable = false;
      inFiles = false;
      return true;
    }
    if (pool.isEmpty()) {
      return false;
    }
    if (text.startsWith("NAME ") && text.contains("CKSUM")) {
      inTable = true;
      return true;
    }
    if (text.startsWith("errors: ")) {
      inTable = false;
      inFiles = text.contains("following files");
      OptionalLong counted = Scan.numberAt(text, "errors: ".length());
      counted.ifPresent(count -> evidence.pool(pool).dataErrors = count);
      return true;
    }
    if (WORDS.stream().anyMatch(text::startsWith)) {
      return true;
    }
    return inTable ? row(text, evidence) : inFiles && file(line, evidence);
  }

  @Override
  public void finish(Evidence evidence) {
    if (!pool.isEmpty()) {
      PoolEvidence known = evidence.pool(pool);
      known.refusedDirectWrites = Math.max(known.refusedDirectWrites, refused);
    }
    refused = 0;
  }

  private boolean row(String text, Evidence evidence) {
    String[] words = text.split("\\s+", -1);
    if (words.length < 5) {
      return false;
    }
    OptionalLong read = Scan.zpoolCounter(words[2]);
    OptionalLong write = Scan.zpoolCounter(words[3]);
    OptionalLong cksum = Scan.zpoolCounter(words[4]);
    if (read.isEmpty() || write.isEmpty() || cksum.isEmpty()) {
      return false;
    }
    OptionalLong dio = words.length > 5 ? Scan.zpoolCounter(words[5]) : OptionalLong.empty();
    refused += dio.orElse(0);
    boolean group = words[0].equals(pool) || GROUPS.stream().anyMatch(words[0]::startsWith);
    if (!group) {
      evidence.device(
          new DeviceErrors(
              Scan.device(words[0]), write.getAsLong(), read.getAsLong(), 0, cksum.getAsLong(), 0));
    }
    return true;
  }

  /** A path, {@code dataset:/path} where it is not mounted, or {@code dataset:<0x1>}. */
  private boolean file(Line line, Evidence evidence) {
    String text = line.text();
    if (text.contains("<metadata>")) {
      evidence.metadataError(pool);
      return true;
    }
    if (!text.startsWith("/") && !text.contains(":/") && !text.contains(":<0x")) {
      return false;
    }
    String path = isVolume(text) ? "/dev/zvol/" + text.substring(0, text.indexOf(":<")) : text;
    evidence.file(FileId.ofPath(pool, path), line.at()).path(path);
    return true;
  }

  /** Object 1 of a dataset is a ZFS volume's data; files have higher numbers. */
  private static boolean isVolume(String text) {
    return text.endsWith(":<0x1>") && !text.startsWith("<");
  }
}
