package dev.policyctl.exception;

import dev.policyctl.exception.StoragePolicyException.Match;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.yaml.StrictMapping;
import dev.policyctl.yaml.YamlNode;
import dev.policyctl.yaml.YamlReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads StoragePolicyException documents, strictly: one that has a problem does not hold, so that a
 * typo never accepts more than was meant.
 */
public final class ExceptionReader {
  public static final String API_VERSION = "policyctl.dev/v1alpha1";
  public static final String KIND = "StoragePolicyException";

  private static final int MAX_PATTERNS = 1000;
  private static final int MAX_LENGTH = 500;

  private final SourceText source;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private ExceptionReader(SourceText source) {
    this.source = source;
  }

  /**
   * @param exceptions those without a problem, in the order of the documents
   */
  public record Result(List<StoragePolicyException> exceptions, List<Problem> problems) {
    public Result {
      exceptions = List.copyOf(exceptions);
      problems = List.copyOf(problems);
    }
  }

  /** Every document of the text must be one of ours. */
  public static Result read(SourceText source) {
    YamlReader.Result yaml = YamlReader.read(source);
    Result result = read(source, yaml.documents());
    List<Problem> problems = new ArrayList<>(yaml.problems());
    problems.addAll(result.problems());
    return new Result(result.exceptions(), problems);
  }

  /** The same for documents of {@code source} that are parsed already. */
  public static Result read(SourceText source, List<YamlNode> documents) {
    ExceptionReader reader = new ExceptionReader(source);
    List<StoragePolicyException> exceptions = new ArrayList<>();
    documents.forEach(document -> reader.exception(document).ifPresent(exceptions::add));
    return new Result(exceptions, reader.problems);
  }

  /** Whether the document says that it is one of ours, of whatever version. */
  public static boolean isException(YamlNode document) {
    return document instanceof YamlNode.Mapping mapping
        && mapping.text("kind").equals(KIND)
        && mapping.text("apiVersion").startsWith("policyctl.dev/");
  }

  private Optional<StoragePolicyException> exception(YamlNode document) {
    int before = problems.size();
    StrictMapping mapping = new StrictMapping(source, KIND, document, problems);
    for (String key : List.of("apiVersion", "kind")) {
      mapping.require(key);
    }
    mapping.oneOf("apiVersion", List.of(API_VERSION));
    mapping.oneOf("kind", List.of(KIND));
    StrictMapping metadata = mapping.requiredMapping("metadata");
    String name = metadata.requiredString("name");
    metadata
        .node("name")
        .filter(node -> !names.add(name))
        .ifPresent(
            node -> metadata.report(node.span(), "exception `" + name + "` stands twice", ""));
    Optional<String> namespace = metadata.string("namespace");
    metadata.finishMetadata();
    StrictMapping spec = mapping.requiredMapping("spec");
    List<String> policies = patterns(spec, "policies");
    spec.require("policies");
    Match match = match(spec.requiredMapping("match"));
    String reason = required(spec, "reason", "say why this is accepted");
    Optional<LocalDate> until = until(spec);
    spec.finish();
    mapping.finish();
    return problems.size() > before || until.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StoragePolicyException(
                name,
                namespace,
                policies,
                match,
                reason,
                until.get(),
                source.location(metadata.node("name").orElse(document).span())));
  }

  private Match match(StrictMapping match) {
    Match read =
        new Match(
            patterns(match, "paths"),
            patterns(match, "guests"),
            patterns(match, "volumes"),
            patterns(match, "storages"),
            patterns(match, "namespaces"));
    boolean saysNothing =
        read.equals(new Match(List.of(), List.of(), List.of(), List.of(), List.of()));
    match.finish();
    if (saysNothing) {
      match.report(
          match.span(),
          "`match` names nothing, which would accept everything",
          "name `paths`, `guests`, `volumes`, `storages` or `namespaces`; `guests: [\"*\"]` is every"
              + " guest without a namespace");
    }
    return read;
  }

  private List<String> patterns(StrictMapping mapping, String key) {
    List<String> patterns = mapping.strings(key).orElse(List.of());
    boolean tooLarge =
        patterns.size() > MAX_PATTERNS
            || patterns.stream().anyMatch(it -> it.length() > MAX_LENGTH);
    mapping
        .node(key)
        .filter(node -> tooLarge)
        .ifPresent(
            node ->
                mapping.report(
                    node.span(),
                    "`" + key + "` has more than " + MAX_PATTERNS + " items, or a very long one",
                    "at most " + MAX_LENGTH + " chars each"));
    return patterns;
  }

  private static String required(StrictMapping mapping, String key, String help) {
    String value = mapping.requiredString(key);
    mapping
        .node(key)
        .filter(node -> value.isBlank() && node.kind().equals("a string"))
        .ifPresent(node -> mapping.report(node.span(), "`" + key + "` is empty", help));
    return value;
  }

  private static Optional<LocalDate> until(StrictMapping spec) {
    String text = spec.requiredString("until");
    Optional<LocalDate> date = Days.parse(text);
    spec.node("until")
        .filter(node -> date.isEmpty() && node.kind().equals("a string"))
        .ifPresent(
            node ->
                spec.report(
                    node.span(), "`until` is no day: `" + text + "`", "write it as `2027-03-01`"));
    return date;
  }
}
