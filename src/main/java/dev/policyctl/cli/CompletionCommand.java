package dev.policyctl.cli;

import dev.policyctl.completion.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code policyctl completion}: a script that teaches a shell these commands. */
@Command(
    name = "completion",
    description = "Print the completion of these commands for a shell.",
    footer = {
      "",
      "Examples:",
      "  source <(policyctl completion bash)",
      "  policyctl completion bash > ~/.local/share/bash-completion/completions/policyctl",
      "  policyctl completion zsh > ~/.zfunc/_policyctl",
      "  policyctl completion fish > ~/.config/fish/completions/policyctl.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "bash|zsh|fish",
      description = "the shell",
      converter = ShellConverter.class)
  private Shell shell = Shell.BASH; // A run without one is refused.

  @Mixin HelpOption help = new HelpOption();

  private final Terminal terminal;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().print(shell.completion(Policyctl.commandLine(terminal).getCommandSpec()));
    return ExitCode.PASS.number();
  }
}
