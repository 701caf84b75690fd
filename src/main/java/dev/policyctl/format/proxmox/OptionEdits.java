package dev.policyctl.format.proxmox;

import dev.policyctl.source.Edit;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Edits of one property string that leave its other options as they are written. */
final class OptionEdits {
  private final Span string;
  private final List<Edit> edits = new ArrayList<>();
  private final List<Span> dropped = new ArrayList<>();
  private final StringBuilder appended = new StringBuilder();

  OptionEdits(Span string) {
    this.string = string;
  }

  /**
   * @param value empty to take the option away
   * @param written where the option stands; empty when it is not written
   */
  void set(String option, String value, Optional<Span> written) {
    String text = option + "=" + value;
    if (value.isEmpty()) {
      written.ifPresent(dropped::add);
    } else if (written.isPresent()) {
      edits.add(new Edit(written.get(), text));
    } else {
      appended.append(',').append(text);
    }
  }

  List<Edit> edits() {
    dropped.sort(Comparator.comparingInt(Span::start));
    int kept = string.start();
    for (Span span : dropped) {
      boolean first = span.start() == kept;
      Span withComma =
          first
              ? new Span(span.start(), Math.min(span.end() + 1, string.end()))
              : new Span(span.start() - 1, span.end());
      edits.add(new Edit(withComma, ""));
      kept = first ? withComma.end() : kept;
    }
    if (appended.length() > 0) {
      edits.add(new Edit(new Span(string.end(), string.end()), appended.toString()));
    }
    edits.sort(Comparator.comparingInt(edit -> edit.span().start()));
    return List.copyOf(edits);
  }
}
