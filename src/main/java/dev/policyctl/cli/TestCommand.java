package dev.policyctl.cli;

import dev.policyctl.policy.CompiledPolicy;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.policy.Verdict;
import dev.policyctl.report.Count;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policyctl test}: policies against their examples. */
@Command(
    name = "test",
    description = {
      "Judge the examples of policies.",
      "",
      "A policy is a folder with a policy.yaml and examples in pass/, fail/ and unknown/: a file,",
      "or a folder with its own storage.cfg and HostFacts. An example holds when the policy's",
      "worst verdict over the subjects that it applies to is the folder's name."
    },
    footerHeading = "%nExit codes:%n",
    footer = {"  0 all hold   1 an example does not hold   2 unreadable input, broken policy"})
final class TestCommand implements Callable<Integer> {
  private static final List<Verdict> NEEDED = List.of(Verdict.PASS, Verdict.FAIL);

  @Parameters(
      paramLabel = "DIR",
      arity = "0..*",
      description = "folders of policies (default: policies, else the bundled ones)")
  private List<String> directories = List.of();

  @Option(
      names = {"-v", "--verbose"},
      description = "name the examples that hold, too")
  private boolean verbose;

  @Mixin HelpOption help = new HelpOption();

  private final PrintStream out;
  private int held;
  private int broken;
  private int policies;
  private ExitCode exit = ExitCode.PASS;

  TestCommand(Terminal terminal) {
    this.out = terminal.out();
  }

  @Override
  public Integer call() throws IOException {
    for (String directory : directories.isEmpty() ? List.of(bundled()) : directories) {
      Path path = Path.of(directory);
      if (!Files.isDirectory(path)) {
        throw new UsageException(
            "`" + directory + "` is no directory", "name a folder of policies");
      }
      List<PolicyFolder> folders = PolicyFolder.at(path);
      if (folders.isEmpty()) {
        throw new UsageException(
            "no policy in `" + directory + "`",
            "name the folder of a `" + PolicyFolder.FILE_NAME + "`, or one that has such folders");
      }
      for (PolicyFolder folder : folders) {
        testPolicy(folder);
      }
    }
    out.println(
        Count.of(policies, "policy", "policies")
            + ": "
            + Count.of(held, "example holds", "examples hold")
            + ", "
            + Count.of(broken, "does not", "do not"));
    return exit.number();
  }

  private static String bundled() {
    String home = System.getProperty("policyctl.home", "");
    return Files.isDirectory(Path.of("policies")) || home.isEmpty()
        ? "policies"
        : Path.of(home, "policies").toString();
  }

  private void testPolicy(PolicyFolder folder) throws IOException {
    policies++;
    tellOfGaps(folder);
    PolicySet set =
        new PolicySets((path, problems) -> problems.forEach(this::tell)).only(folder.policy());
    for (CompiledPolicy policy : compiled(set)) {
      for (Verdict expected : Verdict.values()) {
        for (Path example : folder.of(expected)) {
          testExample(policy, expected, example);
        }
      }
    }
  }

  private void tellOfGaps(PolicyFolder folder) throws IOException {
    Location at = Location.ofFile(folder.folder().toString());
    for (Verdict verdict : NEEDED) {
      if (folder.of(verdict).isEmpty()) {
        tell(
            Problem.warning(
                at,
                "no example in `" + verdict.word() + "/`",
                "add a definition that comes to this verdict"));
      }
    }
    for (Path stranger : folder.strangers()) {
      tell(
          Problem.warning(
              at,
              "`" + stranger.getFileName() + "/` is no verdict, nothing in it is judged",
              "examples are in `pass/`, `fail/` and `unknown/`"));
    }
  }

  private static List<CompiledPolicy> compiled(PolicySet set) {
    List<CompiledPolicy> compiled = new ArrayList<>();
    set.all().forEach(policy -> compiled.addAll(set.forTarget(policy.target())));
    return compiled;
  }

  private void testExample(CompiledPolicy policy, Verdict expected, Path example)
      throws IOException {
    ExampleJudge.Result result = ExampleJudge.judge(policy, example);
    result.problems().forEach(this::tell);
    if (result.holds(expected)) {
      held++;
      if (verbose) {
        out.println(example + ": " + expected.word());
      }
      return;
    }
    broken++;
    exit = exit.orWorse(ExitCode.FAIL);
    if (result.isReadable()) {
      String found =
          result
              .worst()
              .map(verdict -> ", found " + verdict.word())
              .orElse(", but the policy applies to nothing in it");
      out.println(example + ": error: expected " + expected.word() + found);
      result.details().forEach(line -> out.println("  " + line));
    }
  }

  private void tell(Problem problem) {
    ProblemLines.print(out, problem);
    if (problem.severity() == Problem.Severity.ERROR) {
      exit = exit.orWorse(ExitCode.USAGE);
    }
  }
}
