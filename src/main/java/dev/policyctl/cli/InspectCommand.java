package dev.policyctl.cli;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Inspector;
import dev.policyctl.lint.Inspector.Inspection;
import dev.policyctl.report.InspectReport;
import dev.policyctl.report.ReportOptions;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policyctl inspect}: shows the resolved model. */
@Command(
    name = "inspect",
    description = "Show every volume's effective values, and why they are so.")
final class InspectCommand implements Callable<Integer> {

  /** How it is printed. */
  private enum Format {
    text,
    json
  }

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "files, directories, - for standard input")
  private List<String> paths = List.of();

  @Mixin private ContextOptions context = new ContextOptions();
  @Mixin HelpOption help = new HelpOption();

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      completionCandidates = FormatNames.class,
      description = "the definitions' format, instead of finding it out")
  private Optional<String> format = Optional.empty();

  @Option(names = "--format", paramLabel = "text|json", description = "default: text")
  private Format outputFormat = Format.text;

  @Option(names = "--output", paramLabel = "FILE", description = "write there")
  private Optional<String> output = Optional.empty();

  private final Terminal terminal;
  private ExitCode exit = ExitCode.PASS;

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Optional<DefinitionFormat> as = format.map(DefinitionReader::formatNamed);
    DefinitionFiles files = DefinitionFiles.find(paths, new Contexts(context), as);
    Inspector inspector = new Inspector();
    try (ReportOutput out = ReportOutput.open(output, terminal)) {
      InspectReport report =
          outputFormat == Format.json
              ? InspectReport.json(out.target())
              : InspectReport.text(out.target(), new ReportOptions(out.color(), false));
      write(report, files.problemsBefore());
      files.forEach(
          Runtime.getRuntime().availableProcessors(),
          inspector::inspect,
          outcome -> write(report, outcome));
      write(report, files.problemsAfter());
      report.finish();
    }
    return exit.number();
  }

  private void write(InspectReport report, DefinitionFiles.Outcome<Inspection> outcome)
      throws IOException {
    if (outcome.defect().isPresent()) {
      Defect.print(
          terminal, "while reading `" + outcome.file().display() + "`", outcome.defect().get());
      exit = exit.orWorse(ExitCode.DEFECT);
    }
    if (outcome.problem().isPresent()) {
      write(report, List.of(FileResult.unreadable(outcome.problem().get())));
    }
    if (outcome.result().isPresent()) {
      report.file(outcome.result().get());
      note(outcome.result().get().problems());
    }
  }

  private void write(InspectReport report, List<FileResult> results) throws IOException {
    for (FileResult result : results) {
      report.file(new Inspection(result.path(), List.of(), result.problems()));
      note(result.problems());
    }
  }

  private void note(List<Problem> problems) {
    for (Problem problem : problems) {
      if (problem.severity() == Problem.Severity.ERROR) {
        exit = exit.orWorse(ExitCode.USAGE);
      }
    }
  }
}
