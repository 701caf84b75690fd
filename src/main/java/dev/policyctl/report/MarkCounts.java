package dev.policyctl.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often each mark was given. */
final class MarkCounts {
  private final Map<Mark, Integer> counts = new EnumMap<>(Mark.class);

  void add(Mark mark) {
    counts.merge(mark, 1, Integer::sum);
  }

  int of(Mark mark) {
    return counts.getOrDefault(mark, 0);
  }

  int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
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
    add(words, of(Mark.ACCEPTED), of(Mark.ACCEPTED) + " accepted");
    add(words, of(Mark.PASS), of(Mark.PASS) + (of(Mark.PASS) == 1 ? " passes" : " pass"));
    return String.join(", ", words);
  }

  private static void add(List<String> words, int count, String word) {
    if (count > 0) {
      words.add(word);
    }
  }
}
