package dev.policyctl.diagnose;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code btrfs scrub status} and {@code start -B}: plain, {@code -R}, {@code -d}; also the
 * sentences of btrfs-progs before 5.2. Any line may be missing.
 */
final class ScrubLines implements LineReader {
  private String uuid = "";
  private String device = "";
  private String started = "";
  private String status = "";
  private SortedMap<String, Long> counts = new TreeMap<>();

  @Override
  public boolean read(Line line, Evidence evidence) {
    String text = line.text();
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("uuid:")) {
      begin(valueOf(text), "", evidence);
    } else if (lower.startsWith("scrub device ")) {
      begin(uuid, Scan.device(Scan.word(lower, "device ")), evidence);
    } else if (lower.startsWith("scrub status for ") || lower.startsWith("scrub done for ")) {
      begin(text.substring(text.indexOf(" for ") + 5), "", evidence);
    } else if (lower.startsWith("scrub started:") || lower.startsWith("scrub resumed:")) {
      started = valueOf(text);
    } else if (lower.startsWith("scrub started at ")) {
      started = Scan.between(text, " at ", " and ");
      status = lower.contains("finished") ? "finished" : "";
    } else if (text.startsWith("Status:")) {
      status = valueOf(text);
    } else if (lower.startsWith("error summary:")) {
      summary(valueOf(lower));
    } else if (lower.startsWith("error details:")) {
      summary(valueOf(lower));
    } else if (lower.startsWith("corrected errors:")) {
      count("corrected", Scan.number(lower, "corrected errors: "));
      count("uncorrectable", Scan.number(lower, "uncorrectable errors: "));
      count("unverified", Scan.number(lower, "unverified errors: "));
    } else {
      return single(lower);
    }
    return true;
  }

  @Override
  public void finish(Evidence evidence) {
    if (!counts.isEmpty() || !started.isEmpty() || !status.isEmpty()) {
      evidence.scrub(new ScrubRun(uuid, device, started, status, counts));
    }
    started = "";
    status = "";
    counts = new TreeMap<>();
  }

  private void begin(String newUuid, String newDevice, Evidence evidence) {
    finish(evidence);
    uuid = newUuid;
    device = newDevice;
  }

  /** {@code csum=60 read=1}, or {@code no errors found}. */
  private void summary(String text) {
    if (text.contains("no errors")) {
      count("csum", OptionalLong.of(0));
      return;
    }
    for (String name : new String[] {"csum", "read", "verify", "super"}) {
      count(name, Scan.number(text, name + "="));
    }
  }

  private boolean single(String lower) {
    int colon = lower.indexOf(':');
    if (colon < 0) {
      return false;
    }
    String name =
        switch (lower.substring(0, colon)) {
          case "corrected", "corrected_errors" -> "corrected";
          case "uncorrectable", "uncorrectable_errors" -> "uncorrectable";
          case "unverified", "unverified_errors" -> "unverified";
          case "read_errors" -> "read";
          case "csum_errors" -> "csum";
          case "verify_errors" -> "verify";
          case "super_errors" -> "super";
          case "no_csum" -> "no_csum";
          default -> "";
        };
    OptionalLong number = Scan.numberAt(lower.substring(colon + 1).strip(), 0);
    if (name.isEmpty() || number.isEmpty()) {
      return false;
    }
    count(name, number);
    return true;
  }

  private void count(String name, OptionalLong number) {
    number.ifPresent(value -> counts.merge(name, value, Math::max));
  }

  private static String valueOf(String text) {
    return text.substring(text.indexOf(':') + 1).strip();
  }
}
