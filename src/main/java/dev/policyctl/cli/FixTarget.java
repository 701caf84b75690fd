package dev.policyctl.cli;

import dev.policyctl.fix.UnifiedDiff;
import dev.policyctl.format.kubernetes.DocumentPatch;
import dev.policyctl.format.kubernetes.KubernetesFormat;
import dev.policyctl.lint.Fixer.Fixed;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Where fixed texts go. */
interface FixTarget {

  /** Takes every definition that was looked at, changed or not. */
  void put(InputFile file, Fixed fixed) throws WriteFailure, IOException;

  /** Into the files; the text of standard input goes to standard output, fixed or as it came. */
  static FixTarget files(PrintStream out) {
    DefinitionWriter writer = new DefinitionWriter();
    return (file, fixed) -> {
      byte[] text = fixed.definition().text().bytes();
      if (file.isStdin() && fixed.isChanged()) {
        out.write(text);
      } else if (file.isStdin()) {
        try (InputStream in = file.open()) {
          in.transferTo(out);
        }
      } else if (fixed.isChanged()) {
        writer.write(file, fixed.original().text().bytes(), text);
      }
    };
  }

  /**
   * As JSON Patches of Kubernetes objects.
   *
   * @param left takes the name of a definition that would change and is none
   */
  static FixTarget patches(PrintStream out, Consumer<String> left) {
    return (file, fixed) -> {
      if (fixed.isChanged() && fixed.definition().format() instanceof KubernetesFormat) {
        SourceText after = fixed.definition().text();
        for (DocumentPatch patch : DocumentPatch.between(fixed.original().text(), after)) {
          out.append(patch.line(file.display())).append('\n');
        }
      } else if (fixed.isChanged()) {
        left.accept(file.display());
      }
    };
  }

  /** As a unified diff, in each file's own encoding. */
  static FixTarget diff(PrintStream out) {
    return (file, fixed) -> {
      SourceText before = fixed.original().text();
      String name =
          file.isStdin() ? file.display() : Path.of(file.display()).normalize().toString();
      String diff = UnifiedDiff.of(name, before.text(), fixed.definition().text().text());
      out.write(diff.getBytes(before.charset()));
    };
  }
}
