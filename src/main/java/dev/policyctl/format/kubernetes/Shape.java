package dev.policyctl.format.kubernetes;

import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.util.List;

/**
 * Reads values of a wanted type out of one file's objects. One of another type, which the API
 * server refuses, is a problem and counts as absent.
 */
final class Shape {
  private final SourceText source;
  private final List<Problem> problems;

  Shape(SourceText source, List<Problem> problems) {
    this.source = source;
    this.problems = problems;
  }

  String text(KubeNode parent, String key) {
    KubeNode value = parent.get(key);
    return isOr(value, KubeNode.Kind.STRING, key) ? value.text() : "";
  }

  boolean flag(KubeNode parent, String key) {
    KubeNode value = parent.get(key);
    return isOr(value, KubeNode.Kind.BOOLEAN, key) && value.isTrue();
  }

  List<KubeNode> list(KubeNode parent, String key) {
    KubeNode value = parent.get(key);
    return isOr(value, KubeNode.Kind.LIST, key) ? value.items() : List.of();
  }

  private boolean isOr(KubeNode value, KubeNode.Kind wanted, String key) {
    if (value.isPresent() && value.kind() != wanted) {
      boolean scalar =
          value.kind() == KubeNode.Kind.BOOLEAN || value.kind() == KubeNode.Kind.NUMBER;
      String help =
          scalar && wanted == KubeNode.Kind.STRING ? "quote it: `\"" + value.text() + "\"`" : "";
      report(
          value, "`" + key + "` must be " + wanted.word() + ", not " + value.kind().word(), help);
    }
    return value.kind() == wanted;
  }

  void report(KubeNode at, String message, String help) {
    problems.add(Problem.error(location(at), message, help));
  }

  void warn(KubeNode at, String message, String help) {
    problems.add(Problem.warning(location(at), message, help));
  }

  private Location location(KubeNode at) {
    return at.span().map(source::location).orElseGet(() -> Location.ofFile(source.path()));
  }
}
