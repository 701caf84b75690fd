package dev.policyctl.format.kubernetes;

import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.yaml.StrictMapping;
import dev.policyctl.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Tables that are part of the program, as YAML beside its classes. */
final class BundledData {
  private BundledData() {}

  /**
   * Reads a table.
   *
   * @throws IllegalStateException when it is not as {@code reader} wants it: a defect of the
   *     program
   */
  static <T> T read(String name, Function<StrictMapping, T> reader) {
    SourceText text = SourceText.decode(name, bytes(name));
    YamlReader.Result yaml = YamlReader.read(text);
    List<Problem> problems = new ArrayList<>(yaml.problems());
    if (problems.isEmpty()) {
      StrictMapping root = new StrictMapping(text, name, yaml.documents().get(0), problems);
      T table = reader.apply(root);
      root.finish();
      if (problems.isEmpty()) {
        return table;
      }
    }
    throw new IllegalStateException(problems.get(0).at() + ": " + problems.get(0).message());
  }

  private static byte[] bytes(String name) {
    try (InputStream in = BundledData.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not among the program's resources");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
