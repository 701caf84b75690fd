package dev.policyctl.diagnose;

import static dev.policyctl.diagnose.Damage.count;

import dev.policyctl.diagnose.Conclusion.Step;
import dev.policyctl.model.Missing;
import java.io.IOException;
import java.util.List;

/** A diagnosis for a person. */
public final class DiagnosisText {
  private DiagnosisText() {}

  public static void write(Diagnosis diagnosis, Appendable out) throws IOException {
    for (DamagedFile file : diagnosis.files()) {
      line(out, Printable.escaped(file.firstSeen().toString()) + ": ", file.conclusion());
      detail(out, "file", fileWords(file));
      for (KnownImage owner : file.owners()) {
        detail(
            out,
            "guest",
            owner.words()
                + ", defined in "
                + Printable.quoted(owner.definitionPath())
                + ", image "
                + Printable.quoted(owner.path()));
      }
      rest(out, file.conclusion());
    }
    for (Conclusion conclusion : diagnosis.conclusions()) {
      line(out, "", conclusion);
      rest(out, conclusion);
    }
    for (DeviceErrors device : diagnosis.devices()) {
      out.append("device ").append(Printable.quoted(device.name())).append(counters(device));
    }
    summary(diagnosis, out);
  }

  private static void line(Appendable out, String at, Conclusion conclusion) throws IOException {
    out.append(at).append(conclusion.weight().word()).append(": ");
    out.append(conclusion.message()).append('\n');
  }

  private static void detail(Appendable out, String name, String text) throws IOException {
    out.append("  ").append(name).append(": ").append(text).append('\n');
  }

  private static void rest(Appendable out, Conclusion conclusion) throws IOException {
    if (!conclusion.because().isEmpty()) {
      detail(out, "because", String.join("; ", conclusion.because()));
    }
    for (Missing missing : conclusion.missing()) {
      detail(out, "unknown", missing.message());
    }
    if (!conclusion.help().isEmpty()) {
      detail(out, "help", conclusion.help());
    }
    int number = 0;
    for (Step step : conclusion.steps()) {
      number++;
      String command = step.command().isEmpty() ? "" : "\n       " + step.command();
      out.append("    ").append(number + ". ").append(step.what()).append(command).append('\n');
    }
  }

  private static String fileWords(DamagedFile file) {
    DamagedFileName name =
        new DamagedFileName(new FileId(file.device(), file.root(), file.inode(), ""), file.paths());
    List<String> paths = file.paths().stream().map(Printable::quoted).toList();
    String words = String.join(", ", paths);
    if (!name.numbers().isEmpty()) {
      words += (words.isEmpty() ? "" : ", ") + name.numbers();
    }
    return words + damageWords(file.damage());
  }

  private static String damageWords(Damage damage) {
    StringBuilder words = new StringBuilder();
    if (damage.firstOffset().isPresent()) {
      long first = damage.firstOffset().getAsLong();
      long last = damage.lastOffset().orElse(first);
      words.append("; ").append(damage.atLeast() ? "at least " : "");
      words.append(count(damage.blocks(), "block")).append(" at offset ").append(first);
      words.append(last == first ? "" : " to " + last);
    }
    if (damage.repaired() > 0) {
      words.append("; ").append(damage.repaired()).append(" repaired from another copy");
    }
    if (damage.lost() > 0) {
      words.append("; ").append(damage.lost()).append(" beyond repair");
    }
    if (!damage.mirrors().isEmpty()) {
      words.append("; wrong in copy ").append(join(damage.mirrors()));
    }
    if (damage.directSeen()) {
      words.append("; the kernel saw direct I/O on it");
    }
    return words.toString();
  }

  private static String join(List<Long> numbers) {
    return String.join(", ", numbers.stream().map(String::valueOf).toList());
  }

  private static String counters(DeviceErrors device) {
    return String.format(
        ": write %d, read %d, flush %d, corruption %d, generation %d\n",
        device.write(), device.read(), device.flush(), device.corruption(), device.generation());
  }

  private static void summary(Diagnosis diagnosis, Appendable out) throws IOException {
    out.append(count(diagnosis.lines(), "line")).append(" read, ");
    out.append(count(diagnosis.files().size(), "damaged file"));
    if (!diagnosis.files().isEmpty()) {
      out.append(": " + diagnosis.count(Explanation.DEFINITION) + " explained by a definition, ");
      out.append(diagnosis.count(Explanation.NOT_DEFINITION) + " not, ");
      out.append(diagnosis.count(Explanation.NO_GUEST) + " of no guest, ");
      out.append(diagnosis.count(Explanation.UNKNOWN) + " undecided");
    }
    out.append('\n');
  }
}
