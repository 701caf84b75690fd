package dev.policyctl.report;

import dev.policyctl.lint.Inspector.Inspection;
import dev.policyctl.lint.Inspector.Resolved;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Values;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.util.List;

/** The resolved model for people: a line a field, with the reasons. */
final class TextInspectReport implements InspectReport {
  private static final int NAME_WIDTH = 24;
  private static final int VALUE_WIDTH = 12;

  private final Appendable out;
  private final Style style;
  private final TextReport problems;

  TextInspectReport(Appendable out, ReportOptions options) {
    this.out = out;
    this.style = new Style(options.color());
    this.problems = new TextReport(out, options);
  }

  @Override
  public void file(Inspection inspection) throws IOException {
    for (Problem problem : inspection.problems()) {
      problems.write(problem);
    }
    for (Resolved subject : inspection.subjects()) {
      out.append(style.bold(Printable.line(inspection.path() + ": " + title(subject))));
      out.append('\n');
      if (subject.isGuest()) {
        fields(subject.own(), Field.Scope.GUEST);
      } else {
        fields(subject.own(), Field.Scope.STORAGE);
      }
      fields(subject.own(), Field.Scope.HOST);
      for (Values volume : subject.volumes()) {
        volume(volume);
      }
      out.append('\n');
    }
  }

  private static String title(Resolved subject) {
    String host = subject.own().known(Field.HOST_NAME);
    return subject.format() + " " + subject.id() + (host.isEmpty() ? "" : " on " + host);
  }

  private void volume(Values volume) throws IOException {
    String section = volume.known(Field.VOLUME_SECTION);
    String title =
        volume.known(Field.VOLUME_KEY) + (section.equals("current") ? "" : " (" + section + ")");
    out.append("  ").append(style.bold(Printable.line(title))).append('\n');
    fields(volume, Field.Scope.VOLUME);
    fields(volume, Field.Scope.STORAGE);
  }

  private void fields(Values values, Field.Scope scope) throws IOException {
    for (Field<?> field : Field.all()) {
      if (field.scope() == scope) {
        line(field, values.get(field));
      }
    }
  }

  private void line(Field<?> field, Fact<?> fact) throws IOException {
    out.append("    ").append(padded(field.path(), NAME_WIDTH)).append(' ');
    if (fact.whatIsMissing().isPresent()) {
      Missing missing = fact.whatIsMissing().get();
      String why =
          missing.field().equals(field.path())
              ? missing.help()
              : missing.message() + "; " + missing.help();
      out.append(style.warning("unknown"))
          .append(" ".repeat(VALUE_WIDTH - "unknown".length()))
          .append(' ')
          .append(style.faint(Printable.line(why)));
    } else {
      String reasons = String.join("; ", fact.because());
      String value = Printable.line(shown(fact.ifKnown().orElseThrow()));
      out.append(reasons.isEmpty() ? value : padded(value, VALUE_WIDTH) + " ")
          .append(style.faint(Printable.line(reasons)));
    }
    out.append('\n');
  }

  private static String shown(Object value) {
    if (value instanceof List<?> list) {
      return list.isEmpty() ? "-" : String.join(",", list.stream().map(Object::toString).toList());
    }
    return value.toString().isEmpty() ? "-" : value.toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  @Override
  public void finish() {}
}
