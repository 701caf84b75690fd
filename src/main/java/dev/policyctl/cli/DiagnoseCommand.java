package dev.policyctl.cli;

import dev.policyctl.diagnose.Diagnoser;
import dev.policyctl.diagnose.Diagnosis;
import dev.policyctl.diagnose.DiagnosisJson;
import dev.policyctl.diagnose.DiagnosisText;
import dev.policyctl.diagnose.InodeLookup;
import dev.policyctl.diagnose.KnownImage;
import dev.policyctl.lint.Inspector;
import dev.policyctl.lint.Inspector.Inspection;
import dev.policyctl.model.Field;
import dev.policyctl.resolve.KernelRelease;
import dev.policyctl.resolve.KernelThresholds;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policyctl diagnose}: from the damage to the definition that caused it. */
@Command(
    name = "diagnose",
    description = {
      "Tell which guests' images are damaged, and whether their definitions explain it.",
      "",
      "Reads `dmesg`, `journalctl -k`, `btrfs scrub status`, `btrfs device stats`, `zpool status`",
      "in any mixture and order."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 no errors   1 errors were found, whatever explains them   2 unreadable input",
      "",
      "Examples:",
      "  dmesg | policyctl diagnose",
      "  policyctl diagnose --facts pve1.yaml --definitions backup/etc/pve kern.log scrub.txt"
    })
final class DiagnoseCommand implements Callable<Integer> {
  private static final List<String> DEFINITIONS = List.of("/etc/pve", "/etc/libvirt");

  /** How it is printed. */
  private enum Format {
    text,
    json
  }

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "logs and status texts; - for standard input, which is the default")
  private List<String> logs = List.of();

  @Option(
      names = "--definitions",
      paramLabel = "PATH",
      description = "the guests' definitions (default: /etc/pve and /etc/libvirt)")
  private List<String> definitions = List.of();

  @Mixin private ContextOptions context = new ContextOptions();

  @Option(names = "--format", paramLabel = "text|json", description = "default: text")
  private Format format = Format.text;

  @Option(names = "--output", paramLabel = "FILE", description = "write there")
  private Optional<String> output = Optional.empty();

  @Mixin HelpOption help = new HelpOption();

  private final Terminal terminal;
  private ExitCode exit = ExitCode.PASS;

  DiagnoseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    List<SourceText> texts = new ArrayList<>();
    for (String log : logs.isEmpty() ? List.of(InputFile.STDIN) : logs) {
      texts.add(read(log));
    }
    Contexts contexts = new Contexts(context);
    List<KnownImage> images = images(contexts);
    InodeLookup lookup = contexts.onlyHost().map(InodeLookup::of).orElseGet(InodeLookup::none);
    Diagnosis diagnosis =
        new Diagnoser(DiagnoseCommand::isSafeKernel).diagnose(texts, images, lookup);
    try (ReportOutput out = ReportOutput.open(output, terminal)) {
      if (format == Format.json) {
        DiagnosisJson.write(diagnosis, out.target());
      } else {
        DiagnosisText.write(diagnosis, out.target());
      }
    }
    return (diagnosis.hasErrors() ? exit.orWorse(ExitCode.FAIL) : exit).number();
  }

  private static boolean isSafeKernel(String release) {
    return KernelRelease.parse(release)
        .filter(KernelThresholds.BTRFS_BUFFERS_CHECKSUMMED::isReachedBy)
        .isPresent();
  }

  private static SourceText read(String log) {
    try (InputStream in =
        log.equals(InputFile.STDIN) ? System.in : Files.newInputStream(Path.of(log))) {
      return SourceText.decode(log, in.readNBytes(DefinitionReader.MAX_BYTES));
    } catch (IOException e) {
      throw new UsageException(
          "cannot read `" + log + "`: " + DefinitionReader.reason(e),
          "name a file with kernel messages, or pipe `dmesg` into the command");
    }
  }

  /** The volumes of all guests that are known, each on its host. */
  private List<KnownImage> images(Contexts contexts) throws IOException {
    List<String> paths =
        definitions.isEmpty()
            ? DEFINITIONS.stream().filter(path -> Files.isDirectory(Path.of(path))).toList()
            : definitions;
    DefinitionFiles files = DefinitionFiles.find(paths, contexts, Optional.empty());
    List<KnownImage> images = new ArrayList<>();
    files.problemsBefore().forEach(file -> tell(file.problems()));
    files.forEach(
        Runtime.getRuntime().availableProcessors(),
        new Inspector()::inspect,
        outcome -> {
          outcome.problem().ifPresent(problem -> tell(List.of(problem)));
          outcome.result().ifPresent(inspection -> add(inspection, images));
        });
    if (!definitions.isEmpty()) {
      files.problemsAfter().forEach(file -> tell(file.problems()));
    }
    return images;
  }

  private static void add(Inspection inspection, List<KnownImage> images) {
    inspection.subjects().stream()
        .flatMap(
            subject ->
                subject.volumes().stream()
                    .flatMap(
                        volume ->
                            volume.get(Field.STORAGE_PATH).ifKnown().stream()
                                .filter(path -> !path.isEmpty())
                                .map(
                                    path ->
                                        new KnownImage(
                                            path,
                                            inspection.path(),
                                            subject.id(),
                                            volume.known(Field.VOLUME_KEY),
                                            volume))))
        .forEach(images::add);
  }

  private void tell(List<Problem> problems) {
    for (Problem problem : problems) {
      ProblemLines.print(terminal.err(), problem);
      if (problem.severity() == Problem.Severity.ERROR) {
        exit = exit.orWorse(ExitCode.USAGE);
      }
    }
  }
}
