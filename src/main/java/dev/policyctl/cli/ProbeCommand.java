package dev.policyctl.cli;

import dev.policyctl.facts.HostFactsWriter;
import dev.policyctl.model.HostFacts;
import dev.policyctl.probe.DirectWriteProof;
import dev.policyctl.probe.ProbeResult;
import dev.policyctl.probe.ProofResult;
import dev.policyctl.source.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policyctl probe}: the host's facts. */
@Command(
    name = "probe",
    description = {
      "Read the facts of this host and print them as a HostFacts document.",
      "",
      "Looks at the images of the guests that are defined on this host (/etc/pve, /etc/libvirt),",
      "and at the paths that are named. What cannot be read is told on standard error."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 printed   1 with --prove: the fault showed itself",
      "  2 a path that was named could not be read",
      "",
      "Examples:",
      "  policyctl probe --output pve1.yaml",
      "  policyctl probe | policyctl lint --facts - /etc/pve",
      "  policyctl probe --prove /mnt/tank"
    })
final class ProbeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PATH", arity = "0..*", description = "images, or directories for them")
  private List<String> paths = List.of();

  @Option(names = "--output", paramLabel = "FILE", description = "write the facts there")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "read a recorded tree (proc, sys, etc, commands) instead of this host")
  private Optional<Path> root = Optional.empty();

  @Option(
      names = "--prove",
      paramLabel = "DIR",
      description =
          "ask the kernel: write a temporary file there with O_DIRECT from memory that changes"
              + " meanwhile, and read it back")
  private Optional<Path> prove = Optional.empty();

  @Option(names = "--yes", description = "with --prove: do not ask")
  private boolean yes;

  @Option(
      names = "--publish",
      description = "write the facts as a HostFacts object into the cluster that kubectl speaks to")
  private boolean publish;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description = "with --publish: what the cluster calls this host (default: its own name)")
  private Optional<String> node = Optional.empty();

  @Option(
      names = "--interval",
      paramLabel = "10m",
      description = "with --publish: do so again and again (s, m, h)",
      converter = IntervalConverter.class)
  private Optional<Duration> interval = Optional.empty();

  @Mixin HelpOption help = new HelpOption();

  private final Terminal terminal;

  ProbeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (root.isPresent() && !Files.isDirectory(root.get())) {
      throw new UsageException("`" + root.get() + "` is no directory", "name a recorded tree");
    }
    if (root.isPresent() && prove.isPresent()) {
      throw new UsageException(
          "`--prove` asks the running kernel, `--root` reads a recording", "give one of them");
    }
    if ((node.isPresent() || interval.isPresent()) && !publish) {
      throw new UsageException("`--node` and `--interval` need `--publish`", "add it");
    }
    if (publish) {
      return publish().number();
    }
    Optional<Path> proveIn = prove.isEmpty() ? Optional.empty() : Optional.of(agreedDirectory());
    LiveHost host = root.map(LiveHost::new).orElseGet(LiveHost::running);
    List<String> images = new ArrayList<>(host.guestImages());
    paths.forEach(path -> images.add(absolute(path)));
    ProbeResult result = host.probe(images);
    boolean unreadable = tell(result.notes());
    HostFacts facts = result.facts();
    boolean fault = false;
    if (proveIn.isPresent()) {
      ProofResult proof =
          new DirectWriteProof(facts.kernelRelease().orElse("unknown")).prove(proveIn.get());
      terminal.err().println("policyctl: " + proveIn.get() + ": " + proof.message());
      facts = proof.addTo(facts, proveIn.get().toString());
      fault = proof.isFault();
    }
    try (ReportOutput out = ReportOutput.open(output, terminal)) {
      if (output.isPresent()) {
        out.target().append(schemaForEditors());
      }
      HostFactsWriter.write(facts, out.target());
    }
    return (unreadable ? ExitCode.USAGE : fault ? ExitCode.FAIL : ExitCode.PASS).number();
  }

  /**
   * The line that tells an editor the schema of the document. Only an installed program has it in a
   * place that is the same on other machines, and says so in a property.
   */
  private static String schemaForEditors() {
    String folder = System.getProperty("policyctl.schemas", "");
    return folder.isEmpty()
        ? ""
        : "# yaml-language-server: $schema=" + folder + "/host-facts.schema.json\n";
  }

  /** Once, or for as long as this process lives: what fails then is told and tried again. */
  private ExitCode publish() throws IOException {
    LiveHost host = root.map(LiveHost::new).orElseGet(LiveHost::running);
    FactsSink sink = sink();
    ExitCode exit = publish(host, sink);
    while (interval.isPresent()) {
      LockSupport.parkNanos(interval.get().toNanos());
      exit = publish(host, sink);
    }
    return exit;
  }

  private ExitCode publish(LiveHost host, FactsSink sink) throws IOException {
    List<String> images = new ArrayList<>(host.guestImages());
    paths.forEach(path -> images.add(absolute(path)));
    ProbeResult result = host.probe(images);
    tell(result.notes());
    HostFacts facts = node.map(result.facts()::named).orElse(result.facts());
    try {
      sink.put(facts);
      terminal.err().println("policyctl: published the facts of `" + facts.name() + "`");
      return ExitCode.PASS;
    } catch (FactsSink.PublishFailure e) {
      terminal.err().println("policyctl: error: the facts were not published: " + e.getMessage());
      return ExitCode.USAGE;
    }
  }

  /** Of the package {@code serve}, which brings a client along. */
  private static FactsSink sink() {
    try {
      return Class.forName("dev.policyctl.serve.FactsPublisher")
          .asSubclass(FactsSink.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new UsageException("no cluster can be reached: " + e.getCause(), "see `KUBECONFIG`");
    }
  }

  private String absolute(String path) {
    return root.isPresent() ? path : Path.of(path).toAbsolutePath().normalize().toString();
  }

  private Path agreedDirectory() throws IOException {
    Path directory;
    try {
      directory = prove.get().toRealPath();
    } catch (IOException e) {
      throw new UsageException(
          "cannot use `" + prove.get() + "`: " + DefinitionReader.reason(e), "name a directory");
    }
    if (!Files.isDirectory(directory)) {
      throw new UsageException("`" + prove.get() + "` is no directory", "name a directory");
    }
    terminal
        .err()
        .println(
            "policyctl: writes a temporary file in "
                + directory
                + " and removes it; where the fault is there and the file system is btrfs, the"
                + " device's counter of corruption errors (`btrfs device stats`) rises");
    if (!yes && !confirmed()) {
      throw new UsageException("nothing was written", "answer `y`, or give `--yes`");
    }
    return directory;
  }

  private boolean confirmed() throws IOException {
    if (!terminal.interactiveErr()) {
      return false;
    }
    terminal.err().print("Go on? [y/N] ");
    terminal.err().flush();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String answer = in.readLine();
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }

  /** Whether something that was asked for could not be read. */
  private boolean tell(List<Problem> notes) {
    boolean unreadable = false;
    for (Problem note : notes) {
      ProblemLines.print(terminal.err(), note);
      unreadable |= note.severity() == Problem.Severity.ERROR;
    }
    return unreadable;
  }
}
