package dev.policyctl.cli;

import dev.policyctl.policy.Policy;
import dev.policyctl.policy.PolicyCompiler;
import dev.policyctl.policy.PolicyReader;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Policies by the files and directories of the user's; each combination is loaded once. */
final class PolicySets implements Contexts.PolicySource {
  private final BiConsumer<Path, List<Problem>> report;
  private final Map<List<String>, PolicySet> known = new HashMap<>();

  /**
   * @param report takes the problems of a file
   */
  PolicySets(BiConsumer<Path, List<Problem>> report) {
    this.report = report;
  }

  /** The bundled policies and those in these files and directories. */
  @Override
  public PolicySet of(List<String> names) {
    PolicySet set = known.get(names);
    if (set == null) {
      PolicyFiles.Loaded loaded = PolicyFiles.load(names.stream().map(Path::of).toList());
      loaded.problems().forEach(this::tell);
      set = loaded.policies();
      known.put(names, set);
    }
    return set;
  }

  /** What one file holds, and nothing else. */
  PolicySet only(Path file) throws IOException {
    SourceText text = DefinitionReader.document(file, file.toString());
    PolicyReader.Result result = PolicyReader.read(text);
    List<Problem> problems = new ArrayList<>(result.problems());
    PolicySet set = new PolicySet(new PolicyCompiler(), result.policies());
    for (Policy policy : set.all()) {
      problems.addAll(set.problems(policy));
    }
    problems.forEach(this::tell);
    return set;
  }

  private void tell(Problem problem) {
    report.accept(Path.of(problem.at().path()), List.of(problem));
  }
}
