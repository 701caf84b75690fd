package dev.policyctl.cli;

import picocli.CommandLine.Option;

/** {@code --help}, the same for every command. */
public final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean requested;
}
