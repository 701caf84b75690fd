package dev.policyctl.format.proxmox;

import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import dev.policyctl.source.Suggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems of one file as they are found; bounded, so that a file of junk stays readable. */
final class ProblemLog {
  /** So many of each severity are told. */
  static final int LIMIT = 1_000;

  private static final int LONGEST_QUOTE = 32;

  private final SourceText source;
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  ProblemLog(SourceText source) {
    this.source = source;
  }

  /** A value of the model is lost. */
  void error(Span at, String message, String help) {
    if (errors.size() < LIMIT) {
      errors.add(Problem.error(source.location(at), message, help));
    } else if (errors.size() == LIMIT) {
      errors.add(Problem.error(source.location(at), "further errors are left out", ""));
    }
  }

  /** Something is ignored. */
  void warning(Span at, String message, String help) {
    if (warnings.size() < LIMIT) {
      warnings.add(Problem.warning(source.location(at), message, help));
    } else if (warnings.size() == LIMIT) {
      warnings.add(Problem.warning(source.location(at), "further warnings are left out", ""));
    }
  }

  void report(boolean valueIsLost, Span at, String message, String help) {
    if (valueIsLost) {
      error(at, message, help);
    } else {
      warning(at, message, help);
    }
  }

  /** In the order of their places. */
  List<Problem> problems() {
    List<Problem> all = new ArrayList<>(errors);
    all.addAll(warnings);
    all.sort(
        Comparator.<Problem>comparingInt(problem -> problem.at().line())
            .thenComparingInt(problem -> problem.at().column()));
    return all;
  }

  /** User text in backticks, on one line and not too long. */
  static String quoted(String text) {
    int length = Math.min(text.length(), LONGEST_QUOTE);
    StringBuilder quoted = new StringBuilder(length + 3).append('`');
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean halved = i == length - 1 && length < text.length() && Character.isHighSurrogate(c);
      if (!halved) {
        quoted.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
    return quoted.append(length < text.length() ? "…`" : "`").toString();
  }

  /** {@code "; did you mean `x`?"}, or nothing. */
  static String didYouMean(String word, List<String> words) {
    return word.length() > LONGEST_QUOTE ? "" : Suggestion.didYouMean(word, words);
  }
}
