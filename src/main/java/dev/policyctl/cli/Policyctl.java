package dev.policyctl.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
    return commandLine(terminal).execute(args);
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine commands = new CommandLine(new Policyctl());
    commands.addSubcommand(new LintCommand(terminal));
    commands.addSubcommand(new InspectCommand(terminal));
    commands.addSubcommand(new ExplainCommand(terminal));
    commands.addSubcommand(new ProbeCommand(terminal));
    commands.addSubcommand(new TestCommand(terminal));
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
