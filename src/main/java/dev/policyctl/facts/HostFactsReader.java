package dev.policyctl.facts;

import dev.policyctl.model.HostFacts;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.yaml.StrictMapping;
import dev.policyctl.yaml.YamlNode;
import dev.policyctl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads HostFacts documents, strictly: an unknown key, a key twice, a value of another type or
 * outside its closed set is a problem with its place, and that value counts as absent.
 */
public final class HostFactsReader {
  public static final String API_VERSION = "policyctl.dev/v1alpha1";
  public static final String KIND = "HostFacts";

  private final SourceText source;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private HostFactsReader(SourceText source) {
    this.source = source;
  }

  /**
   * @param hosts in the order of the documents; with problems, as much as could be read
   */
  public record Result(List<HostFacts> hosts, List<Problem> problems) {
    public Result {
      hosts = List.copyOf(hosts);
      problems = List.copyOf(problems);
    }
  }

  /** Every document of the text must be a HostFacts document. */
  public static Result read(SourceText source) {
    YamlReader.Result yaml = YamlReader.read(source);
    Result result = read(source, yaml.documents());
    List<Problem> problems = new ArrayList<>(yaml.problems());
    problems.addAll(result.problems());
    return new Result(result.hosts(), problems);
  }

  /** The same for documents of {@code source} that are parsed already. */
  public static Result read(SourceText source, List<YamlNode> documents) {
    HostFactsReader reader = new HostFactsReader(source);
    List<HostFacts> hosts = new ArrayList<>();
    documents.forEach(document -> reader.host(document).ifPresent(hosts::add));
    return new Result(hosts, reader.problems);
  }

  /** Whether the document says that it is one of ours, of whatever version. */
  public static boolean isHostFacts(YamlNode document) {
    return document instanceof YamlNode.Mapping mapping
        && mapping.text("kind").equals(KIND)
        && mapping.text("apiVersion").startsWith("policyctl.dev/");
  }

  private Optional<HostFacts> host(YamlNode document) {
    StrictMapping mapping = new StrictMapping(source, KIND, document, problems);
    if (!(document instanceof YamlNode.Mapping) || !hasOurKind(mapping)) {
      return Optional.empty();
    }
    StrictMapping metadata = mapping.requiredMapping("metadata");
    String name = metadata.requiredString("name");
    metadata
        .node("name")
        .filter(node -> isUnusable(name, node))
        .ifPresent(node -> metadata.report(node.span(), problemOf(name), ""));
    metadata.finishMetadata();
    HostFacts facts = new SpecReader(mapping.requiredMapping("spec")).read(name);
    mapping.finish();
    return name.isEmpty() ? Optional.empty() : Optional.of(facts);
  }

  private boolean isUnusable(String name, YamlNode node) {
    boolean isString =
        node instanceof YamlNode.Scalar scalar && scalar.tag() == YamlNode.Tag.STRING;
    return isString && (name.isEmpty() || !names.add(name));
  }

  private static String problemOf(String name) {
    return name.isEmpty() ? "`name` is empty" : "the facts of host `" + name + "` stand twice";
  }

  private static boolean hasOurKind(StrictMapping mapping) {
    Optional<String> version = mapping.oneOf("apiVersion", List.of(API_VERSION));
    Optional<String> kind = mapping.oneOf("kind", List.of(KIND));
    for (String key : List.of("apiVersion", "kind")) {
      if (mapping.node(key).isEmpty()) {
        mapping.requiredString(key);
      }
    }
    return version.isPresent() && kind.isPresent();
  }
}
