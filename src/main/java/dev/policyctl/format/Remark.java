package dev.policyctl.format;

import dev.policyctl.source.Span;
import java.util.Optional;

/**
 * What a definition says to this program in a comment or an annotation.
 *
 * @param text behind the mark
 * @param of the positions of the guest or storage that it speaks of; empty for all of the file
 */
public record Remark(Span at, String text, Optional<Positions> of) {
  public static final String MARK = "policyctl:allow";
}
