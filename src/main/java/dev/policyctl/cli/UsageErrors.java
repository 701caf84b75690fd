package dev.policyctl.cli;

import dev.policyctl.source.Suggestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** How a command that cannot be carried out is told: what is wrong, what to do. */
final class UsageErrors implements IParameterExceptionHandler {
  private final Terminal terminal;

  UsageErrors(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException exception, String[] args) {
    // A word that is not known explains what is missing after it.
    for (CommandLine at = exception.getCommandLine(); at != null; at = at.getParent()) {
      if (!at.getUnmatchedArguments().isEmpty()) {
        unknown(at, at.getUnmatchedArguments().get(0));
        return ExitCode.USAGE.number();
      }
    }
    print(terminal, lowerStart(exception.getMessage()), helpOf(exception.getCommandLine()));
    return ExitCode.USAGE.number();
  }

  private void unknown(CommandLine command, String word) {
    print(
        terminal,
        (word.startsWith("-") ? "unknown option `" : "unknown command or argument `") + word + "`",
        helpOf(command) + Suggestion.didYouMean(word, known(command, word)));
  }

  private static String helpOf(CommandLine command) {
    return "see `" + command.getCommandSpec().qualifiedName() + " --help`";
  }

  private static List<String> known(CommandLine command, String word) {
    List<String> known = new ArrayList<>();
    if (word.startsWith("-")) {
      command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
    } else {
      known.addAll(command.getSubcommands().keySet());
    }
    return known;
  }

  /** A word that is none of a closed set. */
  static UsageException unknownWord(String what, String word, List<String> known) {
    String all = String.join(", ", known.stream().map(it -> "`" + it + "`").toList());
    return new UsageException(
        "unknown " + what + " `" + word + "`",
        "it is one of " + all + Suggestion.didYouMean(word, known));
  }

  static int ofExecution(Terminal terminal, Exception exception) {
    if (exception instanceof UsageException usage) {
      print(terminal, usage.getMessage(), usage.help());
      return ExitCode.USAGE.number();
    }
    if (exception instanceof IOException io) {
      print(terminal, "cannot write: " + DefinitionReader.reason(io), "");
      return ExitCode.USAGE.number();
    }
    Defect.print(terminal, "", exception);
    return ExitCode.DEFECT.number();
  }

  private static void print(Terminal terminal, String message, String help) {
    terminal.err().println("policyctl: error: " + message);
    if (!help.isEmpty()) {
      terminal.err().println("  help: " + help);
    }
  }

  private static String lowerStart(String message) {
    return message.isEmpty()
        ? message
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
