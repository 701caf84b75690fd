package dev.policyctl.cli;

import dev.policyctl.policy.CompiledPolicy;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    })
final class TestCommand implements Callable<Integer> {
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
      for (Path policy : policyFolders(path)) {
        testPolicy(policy);
      }
    }
    if (policies == 0) {
      throw new UsageException("no policy.yaml found", "name a folder of policies");
    }
    out.println(
        policies + " policies, " + held + " examples hold, " + broken + " examples do not hold");
    return exit.number();
  }

  private static String bundled() {
    String home = System.getProperty("policyctl.home", "");
    return Files.isDirectory(Path.of("policies")) || home.isEmpty()
        ? "policies"
        : Path.of(home, "policies").toString();
  }

  private static List<Path> policyFolders(Path directory) throws IOException {
    if (Files.exists(directory.resolve(PolicyFolder.FILE_NAME))) {
      return List.of(directory);
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve(PolicyFolder.FILE_NAME)))
          .sorted()
          .toList();
    }
  }

  private void testPolicy(Path folder) throws IOException {
    policies++;
    PolicySet set =
        new PolicySets((path, problems) -> problems.forEach(this::tell))
            .only(folder.resolve(PolicyFolder.FILE_NAME));
    PolicyFolder examples = new PolicyFolder(folder);
    for (CompiledPolicy policy : compiled(set)) {
      for (Verdict expected : Verdict.values()) {
        for (Path example : examples.of(expected)) {
          testExample(policy, expected, example);
        }
      }
    }
  }

  private static List<CompiledPolicy> compiled(PolicySet set) {
    List<CompiledPolicy> compiled = new ArrayList<>();
    set.all().forEach(policy -> compiled.addAll(set.forTarget(policy.target())));
    return compiled;
  }

  private void testExample(CompiledPolicy policy, Verdict expected, Path example)
      throws IOException {
    PolicyFolder.Result result = PolicyFolder.judge(policy, example);
    result.problems().forEach(this::tell);
    boolean holds = result.worst().filter(expected::equals).isPresent();
    held += holds ? 1 : 0;
    broken += holds ? 0 : 1;
    if (!holds) {
      String found = result.worst().map(Verdict::word).orElse("a policy that applies to nothing");
      out.println(example + ": error: expected " + expected.word() + ", found " + found);
      result.details().forEach(line -> out.println("  " + line));
      exit = exit.orWorse(ExitCode.FAIL);
    } else if (verbose) {
      out.println(example + ": " + expected.word());
    }
  }

  private void tell(Problem problem) {
    out.println(problem.at() + ": " + problem.severity().word() + ": " + problem.message());
    if (!problem.help().isEmpty()) {
      out.println("  help: " + problem.help());
    }
    if (problem.severity() == Problem.Severity.ERROR) {
      exit = exit.orWorse(ExitCode.USAGE);
    }
  }
}
