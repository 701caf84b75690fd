package dev.policyctl.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Edits of one text that do not touch one another, in the order of their places. */
public final class Edits {
  private final List<Edit> ordered;

  private Edits(List<Edit> ordered) {
    this.ordered = ordered;
  }

  /**
   * @throws IllegalArgumentException naming both, when two edits overlap or insert at one place
   */
  public static Edits of(List<Edit> edits) {
    List<Edit> ordered = new ArrayList<>(edits);
    ordered.sort(Comparator.comparingInt(edit -> edit.span().start()));
    for (int i = 1; i < ordered.size(); i++) {
      Edit before = ordered.get(i - 1);
      Edit after = ordered.get(i);
      boolean samePlace = before.span().start() == after.span().start();
      if (samePlace || before.span().overlaps(after.span())) {
        throw new IllegalArgumentException("edits overlap: " + before + " and " + after);
      }
    }
    return new Edits(List.copyOf(ordered));
  }

  public List<Edit> ordered() {
    return ordered;
  }

  /** The edited text, made in one pass over the original. */
  public String applyTo(String original) {
    StringBuilder edited = new StringBuilder(original.length() + 64);
    int copied = 0;
    for (Edit edit : ordered) {
      edited.append(original, copied, edit.span().start()).append(edit.replacement());
      copied = edit.span().end();
    }
    return edited.append(original, copied, original.length()).toString();
  }
}
