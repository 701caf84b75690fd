package dev.policyctl.cli;

import dev.policyctl.cli.GuestGate.Judged;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code policyctl hook libvirt}: as {@code /etc/libvirt/hooks/qemu} and {@code lxc}. A failure of
 * {@code reconnect} would kill a running guest, and a start calls {@code prepare} before all else
 * (libvirt 9.0, src/qemu/qemu_process.c); an output is taken of {@code restore} and {@code migrate}
 * alone.
 */
@Command(
    name = "libvirt",
    description = {
      "Judge a domain of libvirt before it starts; called as the hook of its driver.",
      "",
      "The domain's XML stands on standard input. Prints a corrected definition where libvirt takes",
      "one (restore, migrate) and safe fixes cure all that speaks against the start."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 the domain starts   1 it is refused (in prepare, restore, migrate alone)",
      "",
      "`policyctl hook install libvirt` makes libvirt call it."
    })
final class HookLibvirtCommand implements Callable<Integer> {
  static final String SUB_OPERATION = "begin";
  static final List<String> JUDGED = List.of("prepare", "restore", "migrate");
  private static final Set<String> CORRECTED = Set.of("restore", "migrate");

  @Parameters(index = "0", paramLabel = "NAME", description = "the domain")
  private String name = "";

  @Parameters(
      index = "1",
      paramLabel = "OPERATION",
      description = "prepare, restore, migrate; the others change nothing: start, reconnect, ...")
  private String operation = "";

  @Parameters(index = "2", paramLabel = "SUBOPERATION", description = "begin, end, -")
  private String subOperation = "";

  @Parameters(index = "3", arity = "0..1", paramLabel = "EXTRA", description = "not used")
  private String unusedExtra = "";

  @Mixin private HookOptions options = new HookOptions();
  @Mixin HelpOption help = new HelpOption();

  private final Terminal terminal;
  private final InputStream in;

  /**
   * @param in has the domain's XML
   */
  HookLibvirtCommand(Terminal terminal, InputStream in) {
    this.terminal = terminal;
    this.in = in;
  }

  @Override
  public Integer call() throws IOException {
    if (!JUDGED.contains(operation) || !subOperation.equals(SUB_OPERATION)) {
      return 0;
    }
    HookRun run = new HookRun(terminal, options, "domain `" + name + "`");
    return run.run(this::judge);
  }

  private Optional<Judged> judge() throws IOException {
    byte[] xml = in.readNBytes(DefinitionReader.MAX_BYTES + 1);
    Path libvirt = options.host().root().resolve("etc/libvirt");
    // As in the file of its definition, so that what was accepted there is accepted here.
    String file = name.replace('/', '_') + ".xml";
    boolean isContainer = Files.exists(libvirt.resolve("lxc").resolve(file));
    Path directory = libvirt.resolve(isContainer ? "lxc" : "qemu");
    Path path = directory.resolve(file);
    InputFile guest =
        new InputFile(
            path,
            name,
            path.toString(),
            directory,
            Optional.of(libvirt),
            true,
            () -> new ByteArrayInputStream(xml));
    Path pools = libvirt.resolve("storage");
    List<Path> beside = Files.isDirectory(pools) ? List.of(pools) : List.of();
    return Optional.of(
        new GuestGate(options.host()).judge(guest, beside, CORRECTED.contains(operation)));
  }
}
