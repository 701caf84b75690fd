package dev.policyctl.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line's entry point. */
@Command(
    name = "policyctl",
    description = {
      "Is this guest's definition safe on the storage below it, why, and what is the smallest",
      "change that makes it safe?"
    },
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = VersionOption.FirstLine.class)
public final class Policyctl {
  private static final Map<String, Function<Terminal, Object>> COMMANDS = commands();

  @Mixin HelpOption help = new HelpOption();

  @Mixin VersionOption version = new VersionOption();

  private Policyctl() {}

  /** The one list of commands, in the order of the help. */
  private static Map<String, Function<Terminal, Object>> commands() {
    Map<String, Function<Terminal, Object>> commands = new LinkedHashMap<>();
    commands.put("lint", LintCommand::new);
    commands.put("inspect", InspectCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("probe", ProbeCommand::new);
    commands.put("diagnose", DiagnoseCommand::new);
    commands.put("test", TestCommand::new);
    commands.put("version", VersionCommand::new);
    commands.put("completion", CompletionCommand::new);
    commands.put("hook", HookCommand::commandLine);
    commands.put("serve", terminal -> ofService("ServeCommand", terminal));
    commands.put("scan", terminal -> ofService("ScanCommand", terminal));
    return commands;
  }

  /**
   * A command of the package {@code serve}, which this one does not know: what it brings along is
   * loaded by the commands that need it alone.
   */
  private static Object ofService(String name, Terminal terminal) {
    try {
      return Class.forName("dev.policyctl.serve." + name)
          .getConstructor(Terminal.class)
          .newInstance(terminal);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the program lacks " + name, e);
    }
  }

  public static void main(String[] args) {
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    int exit = run(args, Terminal.ofProcess(out, err));
    out.flush();
    err.flush();
    System.exit(exit);
  }

  /** Runs one command on these streams and returns its exit code. */
  static int run(String[] args, Terminal terminal) {
    boolean isNamed = args.length > 0 && COMMANDS.containsKey(args[0]);
    return commandLine(terminal, isNamed ? Map.of(args[0], COMMANDS.get(args[0])) : COMMANDS)
        .execute(args);
  }

  /** With all commands. */
  static CommandLine commandLine(Terminal terminal) {
    return commandLine(terminal, COMMANDS);
  }

  // A command costs ten milliseconds to describe to picocli, and a run needs one of them.
  private static CommandLine commandLine(
      Terminal terminal, Map<String, Function<Terminal, Object>> known) {
    CommandLine commands = new CommandLine(new Policyctl());
    known.forEach((name, command) -> commands.addSubcommand(name, command.apply(terminal)));
    commands
        .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                terminal.colorOut() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(new UsageErrors(terminal))
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> UsageErrors.ofExecution(terminal, exception));
    return commands;
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
