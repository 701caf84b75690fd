package dev.policyctl.probe;

import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What could not be read and why, each thing once. */
final class Notes {
  private final Set<Problem> problems = new LinkedHashSet<>();

  void error(String path, String message, String help) {
    problems.add(Problem.error(Location.ofFile(path), message, help));
  }

  void warning(String path, String message, String help) {
    warning(Location.ofFile(path), message, help);
  }

  void warning(Location at, String message, String help) {
    problems.add(Problem.warning(at, message, help));
  }

  List<Problem> inOrder() {
    return List.copyOf(problems);
  }
}
