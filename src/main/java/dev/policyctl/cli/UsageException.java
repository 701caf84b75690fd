package dev.policyctl.cli;

/** What the user asked for cannot be done; ends the program with {@link ExitCode#USAGE}. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String help;

  public UsageException(String message, String help) {
    super(message);
    this.help = help;
  }

  String help() {
    return help;
  }
}
