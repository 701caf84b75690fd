package dev.policyctl.diagnose;

import dev.policyctl.source.SourceText;
import java.util.List;

/** Reads texts of any kind, mixed or not: each line finds the reader that knows it. */
final class LogReader {
  private final Evidence evidence = new Evidence();
  private long lines;
  private long understood;

  void read(SourceText source) {
    List<LineReader> readers =
        List.of(
            new BtrfsLines(),
            new ZfsEventLines(),
            new HardwareLines(),
            new LostLines(),
            new DeviceStatsLines(),
            new ZpoolLines(),
            new ScrubLines());
    String text = source.text();
    int number = 0;
    for (int start = 0; start < text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      number++;
      String line = text.substring(start, end).strip();
      if (!line.isEmpty()) {
        read(readers, new Line(source.path(), number, line));
      }
      start = end + 1;
    }
    readers.forEach(reader -> reader.finish(evidence));
  }

  private void read(List<LineReader> readers, Line line) {
    lines++;
    for (LineReader reader : readers) {
      if (reader.read(line, evidence)) {
        understood++;
        return;
      }
    }
  }

  Evidence evidence() {
    return evidence;
  }

  long lines() {
    return lines;
  }

  long understood() {
    return understood;
  }
}
