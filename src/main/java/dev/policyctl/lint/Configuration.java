package dev.policyctl.lint;

import dev.policyctl.policy.Severity;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.yaml.StrictMapping;
import dev.policyctl.yaml.YamlNode;
import dev.policyctl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A {@code .policyctl.yaml}: options of the command line for the files below it. What is absent is
 * not set. Paths are relative to the file.
 */
public record Configuration(
    Optional<List<String>> facts,
    Optional<String> storageCfg,
    Optional<List<String>> policies,
    Optional<String> host,
    Optional<Severity> failOn,
    Optional<Boolean> allowUnknown,
    Optional<List<String>> exceptions,
    Optional<String> baseline,
    List<String> exclude) {
  public static final String FILE_NAME = ".policyctl.yaml";
  public static final Configuration EMPTY =
      new Configuration(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  /** With problems, what could be read of it. */
  public record Result(Configuration configuration, List<Problem> problems) {}

  public static Result read(SourceText source) {
    YamlReader.Result yaml = YamlReader.read(source);
    List<Problem> problems = new ArrayList<>(yaml.problems());
    Configuration configuration = EMPTY;
    for (YamlNode document : yaml.documents()) {
      configuration = document(new StrictMapping(source, "document", document, problems));
    }
    return new Result(configuration, List.copyOf(problems));
  }

  private static Configuration document(StrictMapping document) {
    document.oneOf("apiVersion", List.of("policyctl.dev/v1alpha1"));
    document.oneOf("kind", List.of("Configuration"));
    document.mapping("metadata").ifPresent(StrictMapping::entries);
    StrictMapping spec = document.requiredMapping("spec");
    document.finish();
    List<String> severities = Stream.of(Severity.values()).map(Severity::word).toList();
    Configuration read =
        new Configuration(
            spec.strings("facts"),
            spec.string("storageCfg"),
            spec.strings("policies"),
            spec.string("host"),
            spec.oneOf("failOn", severities)
                .map(word -> Severity.valueOf(word.toUpperCase(Locale.ROOT))),
            spec.bool("allowUnknown"),
            spec.strings("exceptions"),
            spec.string("baseline"),
            spec.strings("exclude").orElse(List.of()));
    spec.finish();
    return read;
  }
}
