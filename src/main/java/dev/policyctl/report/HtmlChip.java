package dev.policyctl.report;

import dev.policyctl.lint.JudgedSubject;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import java.util.Optional;

/** A volume on the map: its mark, its key, and what meets there. */
final class HtmlChip {
  private static final int MAX_SHORT_ID = 16;

  private HtmlChip() {}

  /** Of whom its row tells. */
  static String row(JudgedSubject subject) {
    if (subject.guest().isEmpty()) {
      return "<b>storage definition</b>";
    }
    String id = subject.guest();
    String name = subject.values().known(Field.GUEST_NAME);
    if (name.isEmpty() || id.endsWith(name)) {
      return "<b>" + HtmlWriter.escaped(id) + "</b>";
    }
    // A long id is one that nobody remembers.
    boolean isShort = id.length() <= MAX_SHORT_ID;
    return "<b>"
        + HtmlWriter.escaped(isShort ? id : name)
        + "</b> <small>"
        + HtmlWriter.escaped(isShort ? name : id)
        + "</small>";
  }

  static String of(JudgedSubject subject, Mark mark, String link) {
    StringBuilder chip = new StringBuilder("<li class=\"chip ").append(mark.word()).append('"');
    path(subject)
        .ifPresent(path -> chip.append(" title=\"").append(HtmlWriter.escaped(path)).append('"'));
    chip.append('>');
    String label = HtmlWriter.escaped(label(subject));
    chip.append(
        link.isEmpty() ? label : "<a href=\"#" + Markup.escaped(link) + "\">" + label + "</a>");
    chip.append("<span class=\"h\"> ").append(mark.said()).append("</span>");
    return chip.append(meeting(subject)).append("</li>").toString();
  }

  private static String label(JudgedSubject subject) {
    String key = subject.subject().isEmpty() ? "definition" : subject.subject();
    boolean isCurrent = subject.section().equals(DeclaredVolume.CURRENT);
    return isCurrent ? key : key + " (" + subject.section() + ")";
  }

  private static Optional<String> path(JudgedSubject subject) {
    Values values = subject.values();
    return values.has(Field.STORAGE_PATH)
        ? values.get(Field.STORAGE_PATH).ifKnown().filter(path -> !path.isEmpty())
        : Optional.empty();
  }

  /** The three that make the hazard: D, O_DIRECT; C, checksums; R, redundant copies. */
  private static String meeting(JudgedSubject subject) {
    Values values = subject.values();
    if (!values.has(Field.STORAGE_CHECKSUMS)) {
      return "";
    }
    Fact<Boolean> direct =
        values.get(subject.isVolume() ? Field.VOLUME_IO_DIRECT : Field.STORAGE_DIRECT_BY_DEFAULT);
    String letters =
        letter("D", direct)
            + letter("C", values.get(Field.STORAGE_CHECKSUMS))
            + letter("R", values.get(Field.STORAGE_REDUNDANT));
    return letters.isEmpty() ? "" : "<i>" + letters + "</i>";
  }

  private static String letter(String letter, Fact<Boolean> fact) {
    return fact.isKnown() ? (fact.is(true) ? letter : "") : letter + "?";
  }
}
