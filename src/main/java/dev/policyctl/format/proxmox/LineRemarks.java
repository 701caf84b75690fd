package dev.policyctl.format.proxmox;

import dev.policyctl.format.Remark;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remarks in lines that begin with {@code #}. */
final class LineRemarks {
  private LineRemarks() {}

  /**
   * Of a guest: before the first section, because a snapshot keeps the description of its day.
   * Proxmox encodes what it writes there (pve-common, {@code encode_text}).
   */
  static List<Remark> ofGuest(SourceText source) {
    String text = source.text();
    if (!text.contains(Remark.MARK)) {
      return List.of();
    }
    int end = text.startsWith("[") ? 0 : text.indexOf("\n[");
    return find(text, end < 0 ? text.length() : end, true);
  }

  /** Of a {@code storage.cfg}: anywhere. */
  static List<Remark> ofStorages(SourceText source) {
    String text = source.text();
    return text.contains(Remark.MARK) ? find(text, text.length(), false) : List.of();
  }

  private static List<Remark> find(String text, int end, boolean isGuest) {
    List<Remark> remarks = new ArrayList<>();
    for (int start = 0; start < end; ) {
      int next = text.indexOf('\n', start);
      int stop = next < 0 ? text.length() : next;
      int last = stop > start && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
      remark(text.substring(start, last), start, isGuest).ifPresent(remarks::add);
      start = stop + 1;
    }
    return remarks;
  }

  private static Optional<Remark> remark(String line, int start, boolean isGuest) {
    int at = line.length() - (isGuest ? line : line.stripLeading()).length();
    String comment = line.substring(at);
    if (!comment.startsWith("#") || !comment.substring(1).stripLeading().startsWith(Remark.MARK)) {
      return Optional.empty();
    }
    int mark = line.indexOf(Remark.MARK);
    String said = line.substring(mark + Remark.MARK.length());
    boolean isWord = said.isEmpty() || Character.isWhitespace(said.charAt(0));
    return Optional.of(
            new Remark(
                new Span(start + mark, start + line.length()),
                isGuest ? decoded(said) : said,
                Optional.empty()))
        .filter(found -> isWord);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // Written by hand, with a percent sign that means itself.
    }
  }
}
