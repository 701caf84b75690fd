package dev.policyctl.report;

import java.util.ArrayList;
import java.util.List;

/** How often each mark was given. */
final class MarkCounts {
  private final int[] counts = new int[Mark.values().length];

  void add(Mark mark) {
    counts[mark.ordinal()]++;
  }

  int of(Mark mark) {
    return counts[mark.ordinal()];
  }

  int total() {
    int total = 0;
    for (int count : counts) {
      total += count;
    }
    return total;
  }

  /** Whether anything fails. */
  boolean hasFailure() {
    return of(Mark.ERROR) + of(Mark.WARNING) + of(Mark.INFO) > 0;
  }

  /** {@code 3 errors, 1 warning, 12 pass}, without what is none. */
  String words() {
    List<String> words = new ArrayList<>();
    add(words, of(Mark.ERROR), Count.of(of(Mark.ERROR), "error"));
    add(words, of(Mark.WARNING), Count.of(of(Mark.WARNING), "warning"));
    add(words, of(Mark.INFO), Count.of(of(Mark.INFO), "note"));
    add(words, of(Mark.UNKNOWN), of(Mark.UNKNOWN) + " not known");
    add(words, of(Mark.PASS), of(Mark.PASS) + (of(Mark.PASS) == 1 ? " passes" : " pass"));
    return String.join(", ", words);
  }

  private static void add(List<String> words, int count, String word) {
    if (count > 0) {
      words.add(word);
    }
  }
}
