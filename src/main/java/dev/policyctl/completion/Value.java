package dev.policyctl.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What may stand in a place of the command line.
 *
 * @param label its name in the help
 * @param words all that may stand there; empty where there is no such list
 */
record Value(String label, Kind kind, List<String> words) {
  private static final Pattern CHOICE = Pattern.compile("[a-z][a-z0-9-]*(\\|[a-z][a-z0-9-]*)+");

  /** How a shell finds what may stand there. */
  enum Kind {
    WORDS,
    FILE,
    DIRECTORY,
    ANYTHING
  }

  Value {
    words = List.copyOf(words);
  }

  /** The label says what it is: `text|json` are words, `FILE|DIR` is a path. */
  static Value of(ArgSpec arg) {
    String label = arg.paramLabel();
    List<String> words = new ArrayList<>();
    if (CHOICE.matcher(label).matches()) {
      words.addAll(List.of(label.split("\\|", -1)));
    } else if (arg.completionCandidates() != null) {
      arg.completionCandidates().forEach(words::add);
    }
    return new Value(label, words.isEmpty() ? kind(label) : Kind.WORDS, words);
  }

  private static Kind kind(String label) {
    if (label.contains("FILE") || label.contains("PATH")) {
      return Kind.FILE;
    }
    return label.contains("DIR") ? Kind.DIRECTORY : Kind.ANYTHING;
  }
}
