package dev.policyctl.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policyctl hook}: the gate at guest start. */
@Command(
    name = "hook",
    description = {
      "Judge guests at the moment they start, on the host that starts them.",
      "",
      "A guest is refused for a failure alone. What is not known, a defect of policyctl and a host",
      "that does not answer let it start, and are told in the log."
    },
    synopsisSubcommandLabel = "COMMAND")
final class HookCommand {
  @Mixin HelpOption help = new HelpOption();

  private HookCommand() {}

  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new HookCommand())
        .addSubcommand("install", new HookInstallCommand(terminal))
        .addSubcommand("status", new HookStatusCommand(terminal))
        .addSubcommand("remove", new HookRemoveCommand(terminal))
        .addSubcommand("proxmox", new HookProxmoxCommand(terminal, System.getenv()))
        .addSubcommand("lxc", new HookLxcCommand(terminal, System.getenv()))
        .addSubcommand("libvirt", new HookLibvirtCommand(terminal, System.in));
  }
}
