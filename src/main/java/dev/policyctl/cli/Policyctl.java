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
    synopsisSubcommandLabel = "COMMAND")
public final class Policyctl {
  private static final Map<String, Function<Terminal, Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("lint", LintCommand::new);
    COMMANDS.put("inspect", InspectCommand::new);
    COMMANDS.put("explain", ExplainCommand::new);
    COMMANDS.put("probe", ProbeCommand::new);
    COMMANDS.put("diagnose", DiagnoseCommand::new);
    COMMANDS.put("test", TestCommand::new);
  }

  @Mixin HelpOption help = new HelpOption();

  private Policyctl() {}

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
    return commandLine(terminal, args.length == 0 ? "" : args[0]).execute(args);
  }

  /**
   * @param first the first argument: where it names a command, the others are not built
   */
  private static CommandLine commandLine(Terminal terminal, String first) {
    CommandLine commands = new CommandLine(new Policyctl());
    COMMANDS.forEach(
        (name, command) -> {
          if (!COMMANDS.containsKey(first) || name.equals(first)) {
            commands.addSubcommand(command.apply(terminal));
          }
        });
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
