package dev.policyctl.cli;

import dev.policyctl.source.Suggestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command that cannot be carried out is told: what is wrong, what to do. */
final class UsageErrors implements IParameterExceptionHandler {
  private final Terminal terminal;

  UsageErrors(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException exception, String[] args) {
    CommandLine command = exception.getCommandLine();
    String help = "see `" + command.getCommandSpec().qualifiedName() + " --help`";
    if (exception instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      print(
          terminal,
          (word.startsWith("-") ? "unknown option `" : "unknown command or argument `")
              + word
              + "`",
          help + Suggestion.didYouMean(word, known(command, word)));
    } else {
      print(terminal, lowerStart(exception.getMessage()), help);
    }
    return ExitCode.USAGE.number();
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
