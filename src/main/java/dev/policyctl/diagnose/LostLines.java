package dev.policyctl.diagnose;

import java.util.OptionalLong;

/** Notices that lines of the kernel's log are missing, by its own limit or the logger's. */
final class LostLines implements LineReader {

  @Override
  public boolean read(Line line, Evidence evidence) {
    String text = line.text();
    OptionalLong lost = OptionalLong.empty();
    if (text.contains("callbacks suppressed")) {
      boolean ofFiles = text.contains("btrfs") || text.contains("scrub");
      boolean ofCounters = text.contains("dev_stat");
      lost = ofFiles && !ofCounters ? lastNumberBefore(text, " callbacks") : OptionalLong.empty();
    } else if (text.contains("printk messages dropped")) {
      lost = lastNumberBefore(text, " printk");
    } else if (text.contains("Missed ") && text.contains(" kernel messages")) {
      lost = lastNumberBefore(text, " kernel messages");
    } else if (text.contains("messages lost due to rate-limiting")) {
      lost = lastNumberBefore(text, " messages lost");
    }
    lost.ifPresent(evidence::suppressed);
    return lost.isPresent();
  }

  private static OptionalLong lastNumberBefore(String text, String marker) {
    int end = text.indexOf(marker);
    int start = end;
    while (start > 0 && Character.isDigit(text.charAt(start - 1))) {
      start--;
    }
    return start == end ? OptionalLong.empty() : Scan.numberAt(text, start);
  }
}
