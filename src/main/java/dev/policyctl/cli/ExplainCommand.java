package dev.policyctl.cli;

import dev.policyctl.model.Field;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.report.Explanation;
import dev.policyctl.source.Problem;
import dev.policyctl.source.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policyctl explain}: the documentation of a policy or of a field of the model. */
@Command(
    name = "explain",
    description = "Tell what a policy checks and why, or what a field of the model means.",
    footer = {
      "",
      "Examples:",
      "  policyctl explain direct-io-on-checksummed-data",
      "  policyctl explain storage.directWrites"
    })
final class ExplainCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "POLICY|FIELD",
      arity = "0..1",
      completionCandidates = PolicyAndFieldNames.class,
      description = "its name; without one, all policies and fields are listed")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--policies",
      paramLabel = "FILE|DIR",
      description = "policies of your own, beside the bundled ones")
  private List<String> policies = List.of();

  @Mixin HelpOption help = new HelpOption();

  private final Terminal terminal;
  private ExitCode exit = ExitCode.PASS;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    PolicySet known =
        new PolicySets(this::report).of(policies.isEmpty() ? SitePolicies.folder() : policies);
    try (ReportOutput out = ReportOutput.open(Optional.empty(), terminal)) {
      Explanation explanation = new Explanation(out.target(), out.color());
      if (name.isEmpty()) {
        explanation.list(known.all());
      } else {
        explain(explanation, known, name.get());
      }
    }
    return exit.number();
  }

  private static void explain(Explanation explanation, PolicySet known, String name)
      throws IOException {
    Optional<Policy> policy = known.find(name);
    Optional<Field<?>> field = Field.byPath(name);
    if (policy.isPresent()) {
      explanation.policy(policy.get());
    } else if (field.isPresent()) {
      explanation.field(field.get(), known.all());
    } else {
      List<String> names = new ArrayList<>();
      known.all().forEach(each -> names.add(each.name()));
      Field.all().forEach(each -> names.add(each.path()));
      throw new UsageException(
          "no policy and no field is called `" + name + "`",
          "`policyctl explain` lists them" + Suggestion.didYouMean(name, names));
    }
  }

  private void report(Path path, List<Problem> problems) {
    for (Problem problem : problems) {
      ProblemLines.print(terminal.err(), problem);
      exit = exit.orWorse(ExitCode.USAGE);
    }
  }
}
