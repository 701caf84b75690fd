package dev.policyctl.cli;

import dev.policyctl.report.Program;
import dev.policyctl.report.Program.Origin;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code policyctl version}: what was built, what runs it, and with which policies. */
@Command(
    name = "version",
    description = "Tell which build this is, which Java runs it, and where its policies come from.")
final class VersionCommand implements Callable<Integer> {
  /** How it is printed. */
  private enum Format {
    text,
    json
  }

  @Option(names = "--format", paramLabel = "text|json", description = "default: text")
  private Format format = Format.text;

  @Mixin HelpOption help = new HelpOption();

  private final Terminal terminal;
  private ExitCode exit = ExitCode.PASS;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Program program = new Program(Build.running(), java(), origins());
    try (ReportOutput out = ReportOutput.open(Optional.empty(), terminal)) {
      if (format == Format.json) {
        program.json(out.target());
      } else {
        program.text(out.target());
      }
    }
    return exit.number();
  }

  private static Program.Java java() {
    return new Program.Java(
        Runtime.version().toString(),
        System.getProperty("java.vendor"),
        System.getProperty("java.home"));
  }

  private List<Origin> origins() {
    List<Origin> origins = new ArrayList<>();
    String home = System.getProperty("policyctl.home", "");
    origins.add(
        new Origin(
            "bundled",
            BundledPolicies.read().size(),
            Optional.of(Path.of(home, "policies"))
                .filter(folder -> !home.isEmpty() && Files.isDirectory(folder))
                .map(Path::toString)));
    for (String folder : SitePolicies.folder()) {
      PolicyFiles.Loaded loaded = PolicyFiles.load(List.of(Path.of(folder)));
      loaded.problems().forEach(this::tell);
      origins.add(new Origin("site", loaded.own(), Optional.of(folder)));
    }
    return origins;
  }

  private void tell(Problem problem) {
    ProblemLines.print(terminal.err(), problem);
    exit = exit.orWorse(ExitCode.USAGE);
  }
}
