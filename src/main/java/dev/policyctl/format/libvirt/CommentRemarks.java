package dev.policyctl.format.libvirt;

import dev.policyctl.format.Remark;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remarks in XML comments. */
final class CommentRemarks {
  private static final String START = "<!--";
  private static final String END = "-->";

  private CommentRemarks() {}

  static List<Remark> of(SourceText source) {
    String text = source.text();
    List<Remark> remarks = new ArrayList<>();
    int at = text.contains(Remark.MARK) ? text.indexOf(START) : -1;
    while (at >= 0) {
      int end = text.indexOf(END, at + START.length());
      if (end < 0) {
        break;
      }
      remark(text, at, end).ifPresent(remarks::add);
      at = text.indexOf(START, end + END.length());
    }
    return remarks;
  }

  private static Optional<Remark> remark(String text, int start, int end) {
    String inside = text.substring(start + START.length(), end).strip();
    if (!inside.startsWith(Remark.MARK + " ")) {
      return Optional.empty();
    }
    int from = text.indexOf(Remark.MARK, start);
    Span at = new Span(from, from + inside.length());
    return Optional.of(
        new Remark(at, inside.substring(Remark.MARK.length()).strip(), Optional.empty()));
  }
}
