package dev.policyctl.report;

import dev.policyctl.policy.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An example of a policy, as its page shows it.
 *
 * @param name of its file or folder
 * @param files texts by their paths within the example's folder; one with the empty path when the
 *     example is a file
 */
public record PolicyExample(Verdict verdict, String name, SortedMap<String, String> files) {
  /** Begins a line that tells an editor the document's schema, and a reader nothing. */
  private static final String FOR_EDITORS = "# yaml-language-server: ";

  public PolicyExample {
    SortedMap<String, String> shown = new TreeMap<>(files);
    shown.replaceAll((path, text) -> text.startsWith(FOR_EDITORS) ? behindFirstLine(text) : text);
    files = Collections.unmodifiableSortedMap(shown);
  }

  private static String behindFirstLine(String text) {
    return text.substring(text.indexOf('\n') + 1);
  }

  private static final Comparator<PolicyExample> ORDER =
      Comparator.comparingInt((PolicyExample example) -> example.lines().size())
          .thenComparing(PolicyExample::name);

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    files.values().forEach(text -> text.lines().forEach(lines::add));
    return lines;
  }

  /** The one that is named {@code typical…}, else the shortest, of those of the verdict. */
  static Optional<PolicyExample> typical(List<PolicyExample> examples, Verdict verdict) {
    return best(examples, verdict, ORDER);
  }

  /** The one that is named {@code typical…}, else the one that differs least from this one. */
  Optional<PolicyExample> counterpart(List<PolicyExample> examples, Verdict verdict) {
    return best(examples, verdict, Comparator.comparingInt(this::difference).thenComparing(ORDER));
  }

  private static Optional<PolicyExample> best(
      List<PolicyExample> examples, Verdict verdict, Comparator<PolicyExample> order) {
    return examples.stream()
        .filter(example -> example.verdict() == verdict)
        .min(Comparator.comparing((PolicyExample it) -> !it.isTypical()).thenComparing(order));
  }

  private boolean isTypical() {
    return name.startsWith("typical");
  }

  /** Lines of either that the other has not, and files too. */
  private int difference(PolicyExample other) {
    List<String> own = lines();
    List<String> others = other.lines();
    others.forEach(own::remove);
    lines().forEach(others::remove);
    return own.size() + others.size() + Math.abs(files.size() - other.files.size());
  }
}
