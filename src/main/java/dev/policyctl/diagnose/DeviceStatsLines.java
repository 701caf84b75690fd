package dev.policyctl.diagnose;

import java.util.OptionalLong;

/**
 * {@code btrfs device stats}, as text ({@code [/dev/sda1].read_io_errs 0}) and as JSON, whose
 * numbers are strings before btrfs-progs 6.3.
 */
final class DeviceStatsLines implements LineReader {
  private String jsonDevice = "";

  @Override
  public boolean read(Line line, Evidence evidence) {
    String text = line.text();
    if (text.startsWith("[") && text.contains("].")) {
      int close = text.indexOf("].");
      return counter(text.substring(1, close), text.substring(close + 2), evidence);
    }
    if (!text.startsWith("\"")) {
      return false;
    }
    String plain = text.replace("\"", "").replace(",", "").replace(":", " ");
    if (plain.startsWith("device ")) {
      jsonDevice = plain.substring("device ".length()).strip();
      return true;
    }
    return !jsonDevice.isEmpty() && counter(jsonDevice, plain, evidence);
  }

  private static boolean counter(String device, String text, Evidence evidence) {
    int blank = text.indexOf(' ');
    String value = blank < 0 ? "" : text.substring(blank).strip();
    OptionalLong number = Scan.numberAt(value, 0);
    if (number.isEmpty()) {
      return false;
    }
    String name = text.substring(0, blank);
    long n = number.getAsLong();
    String of = Scan.device(device);
    DeviceErrors counters =
        switch (name) {
          case "write_io_errs" -> new DeviceErrors(of, n, 0, 0, 0, 0);
          case "read_io_errs" -> new DeviceErrors(of, 0, n, 0, 0, 0);
          case "flush_io_errs" -> new DeviceErrors(of, 0, 0, n, 0, 0);
          case "corruption_errs" -> new DeviceErrors(of, 0, 0, 0, n, 0);
          case "generation_errs" -> new DeviceErrors(of, 0, 0, 0, 0, n);
          default -> new DeviceErrors("", 0, 0, 0, 0, 0);
        };
    if (counters.name().isEmpty()) {
      return false;
    }
    evidence.device(counters);
    return true;
  }
}
