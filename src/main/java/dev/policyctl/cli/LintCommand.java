package dev.policyctl.cli;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Fixer;
import dev.policyctl.lint.Linter;
import dev.policyctl.lint.Summary;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Verdict;
import dev.policyctl.report.Program;
import dev.policyctl.report.Report;
import dev.policyctl.report.ReportFormat;
import dev.policyctl.report.ReportOptions;
import dev.policyctl.report.Run;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policyctl lint}: judges definitions. */
@Command(
    name = "lint",
    description = "Judge guest and storage definitions.",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 all pass   1 something fails   2 usage, unreadable input, broken policy",
      "  3 nothing fails but something is unknown   70 a defect of policyctl",
      "",
      "Examples:",
      "  policyctl lint /etc/pve",
      "  policyctl lint --facts pve1.yaml --storage-cfg storage.cfg 100.conf",
      "  policyctl lint --diff nodes/pve1",
      "  policyctl lint --fix nodes/pve1/qemu-server/100.conf",
      "  ssh pve1 cat /etc/pve/qemu-server/100.conf | policyctl lint --as proxmox-qemu -"
    })
final class LintCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "files, directories, - for standard input")
  private List<String> paths = List.of();

  @Mixin private ContextOptions context = new ContextOptions();
  @Mixin private ExceptionOptions accepting = new ExceptionOptions();
  @Mixin private FixOptions fixes = new FixOptions();
  @Mixin HelpOption help = new HelpOption();

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      completionCandidates = FormatNames.class,
      description = "the definitions' format, instead of finding it out")
  private Optional<String> format = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "how to print the findings: ${COMPLETION-CANDIDATES} (default: text)",
      completionCandidates = ReportFormatConverter.Words.class,
      converter = ReportFormatConverter.class)
  private ReportFormat reportFormat = ReportFormat.TEXT;

  @Option(
      names = "--changed",
      description =
          "the PATHs are what a commit changes: all of their repository is read, and they count;"
              + " everything does where others are judged with one of them")
  private boolean changed;

  @Option(names = "--output", paramLabel = "FILE", description = "write the report there")
  private Optional<String> output = Optional.empty();

  @Option(
      names = {"-v", "--verbose"},
      description = "tell what passes too, and every place of what is unknown")
  private boolean verbose;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "how many files are judged at once (default: one for each processor)")
  private int jobs = Runtime.getRuntime().availableProcessors();

  private final Terminal terminal;
  private Summary summary = Summary.EMPTY;
  private ExitCode exit = ExitCode.PASS;
  private AcceptedRun accepted = new AcceptedRun(LocalDate.EPOCH, List.of());

  LintCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (jobs < 1) {
      throw new UsageException("`--jobs` must be at least 1", "");
    }
    fixes.check(reportFormat, output);
    accepting.check(fixes);
    Optional<DefinitionFormat> as = format.map(DefinitionReader::formatNamed);
    if (changed && as.isPresent()) {
      throw new UsageException("`--changed` finds out each file's format", "leave `--as` out");
    }
    Contexts contexts = new Contexts(context, accepting);
    DefinitionFiles files =
        changed
            ? DefinitionFiles.changed(new ChangedFiles(paths), contexts)
            : DefinitionFiles.find(paths, contexts, as);
    accepted = new AcceptedRun(LocalDate.now(ZoneOffset.UTC), files.directories());
    if (accepting.update) {
      updateBaseline(files);
    } else if (fixes.isPreview()) {
      showFixes(files);
    } else {
      report(files);
    }
    return exit.number();
  }

  private void report(DefinitionFiles files) throws IOException {
    FixRun run = fixRun(FixTarget.files(terminal.out()));
    boolean outputIsTaken = fixes.fix && paths.contains(InputFile.STDIN);
    try (ReportOutput out =
            outputIsTaken
                ? ReportOutput.openBesideOutput(output, terminal)
                : ReportOutput.open(output, terminal);
        ProgressBar progress = new ProgressBar(terminal, files.count())) {
      Report report = reportFormat.open(out.target(), options(out, files));
      write(report, files.problemsBefore());
      OrderedWork.Sink<DefinitionFiles.Outcome<FileResult>> sink =
          outcome -> {
            progress.step();
            write(report, outcome, progress);
          };
      if (fixes.fix) {
        run.run(files, sink);
      } else {
        judge(files, sink);
      }
      progress.clear();
      write(report, files.problemsAfter());
      write(report, accepted.notices());
      report.finish(summary, exit.number());
    }
    if (fixes.fix) {
      tell(run.extent().isEmpty() ? "nothing was fixed" : "fixed " + run.extent());
    }
  }

  private ReportOptions options(ReportOutput out, DefinitionFiles files) {
    String title = "policyctl lint " + String.join(" ", paths);
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new ReportOptions(
        out.color(), verbose, new Run(Program.version(), title, now, files.policies()));
  }

  private void judge(
      DefinitionFiles files, OrderedWork.Sink<DefinitionFiles.Outcome<FileResult>> sink)
      throws IOException {
    files.forEach(jobs, linter()::lint, sink);
  }

  /** The exit code is that of the definitions as they are; problems go to standard error. */
  private void showFixes(DefinitionFiles files) throws IOException {
    FixTarget target =
        fixes.diff
            ? FixTarget.diff(terminal.out())
            : FixTarget.patches(terminal.out(), this::tellLeft);
    FixRun run = fixRun(target);
    try (ReportOutput err = ReportOutput.openBesideOutput(Optional.empty(), terminal);
        ProgressBar progress = new ProgressBar(terminal, files.count())) {
      Report problems =
          new ProblemsOnly(
              ReportFormat.TEXT.open(err.target(), new ReportOptions(err.color(), false)));
      write(problems, files.problemsBefore());
      judge(files, outcome -> write(problems, outcome, progress));
      write(problems, files.problemsAfter());
      run.run(files, outcome -> tellDefect(outcome, progress));
    }
    tell((run.extent().isEmpty() ? "nothing" : run.extent()) + " would be fixed");
  }

  /** What is found is written down; only what is wrong with the files is told of. */
  private void updateBaseline(DefinitionFiles files) throws IOException {
    try (ReportOutput err = ReportOutput.openBesideOutput(Optional.empty(), terminal);
        ProgressBar progress = new ProgressBar(terminal, files.count())) {
      Report problems =
          new ProblemsOnly(
              ReportFormat.TEXT.open(err.target(), new ReportOptions(err.color(), false)));
      write(problems, files.problemsBefore());
      judge(files, outcome -> write(problems, outcome, progress));
      write(problems, files.problemsAfter());
    }
    if (exit.orWorse(ExitCode.FAIL) != ExitCode.FAIL) {
      tell("the baseline is as it was: not all could be judged");
      return;
    }
    exit = ExitCode.PASS;
    try {
      accepted.update().forEach(terminal.out()::println);
    } catch (WriteFailure e) {
      throw new UsageException("the baseline is not written: " + e.getMessage(), "");
    }
  }

  private void tellLeft(String path) {
    tell(path + ": is no Kubernetes definition: its fix has no JSON Patch; `--diff` shows it");
  }

  private FixRun fixRun(FixTarget target) {
    return new FixRun(new Fixer(linter(), fixes.unsafe), target, jobs);
  }

  private Linter linter() {
    Linter linter = new Linter(verbose);
    return reportFormat.tellsOfSubjects() ? linter.keepingSubjects() : linter;
  }

  private void tell(String what) {
    terminal.out().flush();
    terminal.err().println(what);
  }

  private void write(
      Report report, DefinitionFiles.Outcome<FileResult> outcome, ProgressBar progress)
      throws IOException {
    tellDefect(outcome, progress);
    accepted.add(outcome);
    if (outcome.problem().isPresent()) {
      write(report, List.of(FileResult.unreadable(outcome.problem().get())));
    }
    if (outcome.result().isPresent()) {
      FileResult result = outcome.result().get();
      summary = summary.plus(result);
      write(report, List.of(result));
      result.findings().forEach(finding -> count(finding, outcome.context()));
    }
  }

  private void tellDefect(DefinitionFiles.Outcome<FileResult> outcome, ProgressBar progress) {
    if (outcome.defect().isPresent()) {
      progress.clear();
      Defect.print(
          terminal, "while judging `" + outcome.file().display() + "`", outcome.defect().get());
      exit = exit.orWorse(ExitCode.DEFECT);
    }
  }

  private void write(Report report, List<FileResult> results) throws IOException {
    for (FileResult result : results) {
      report.file(result);
      for (Problem problem : result.problems()) {
        if (problem.severity() == Problem.Severity.ERROR) {
          exit = exit.orWorse(ExitCode.USAGE);
        }
      }
    }
  }

  private void count(Finding finding, Context judgedWith) {
    if (!finding.severity().isAtLeast(judgedWith.failOn())) {
      return;
    }
    if (finding.verdict() == Verdict.FAIL) {
      exit = exit.orWorse(ExitCode.FAIL);
    } else if (finding.verdict() == Verdict.UNKNOWN && !judgedWith.allowUnknown()) {
      exit = exit.orWorse(ExitCode.UNKNOWN);
    }
  }
}
