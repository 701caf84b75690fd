package dev.policyctl.fix;

import dev.policyctl.source.Edit;
import dev.policyctl.source.SourceText;
import java.util.ArrayList;
import java.util.List;

/** Edits in a person's words: {@code set `cache=writeback` and drop `aio=native`}. */
public final class EditWords {
  private EditWords() {}

  /**
   * @param edits of this text, in the order of their places
   */
  public static String of(SourceText source, List<Edit> edits) {
    List<String> parts = new ArrayList<>();
    for (Edit edit : edits) {
      parts.add(of(bare(source.slice(edit.span())), bare(edit.replacement())));
    }
    int last = parts.size() - 1;
    return last < 1
        ? String.join("", parts)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  private static String of(String old, String replacement) {
    if (replacement.isEmpty()) {
      return "drop `" + old + "`";
    }
    boolean namesItsValue = old.isEmpty() || replacement.indexOf('=') > 0;
    return namesItsValue
        ? "set `" + replacement + "`"
        : "replace `" + old + "` by `" + replacement + "`";
  }

  /** Without the separators that an edit brings along, on one line. */
  private static String bare(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSeparator(text.charAt(from))) {
      from++;
    }
    while (to > from && isSeparator(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to).replaceAll("\\s+", " ");
  }

  private static boolean isSeparator(char c) {
    return c == ',' || Character.isWhitespace(c);
  }
}
