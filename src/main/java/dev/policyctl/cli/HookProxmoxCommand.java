package dev.policyctl.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code policyctl hook proxmox}: as a hookscript. Of its phases a failure aborts {@code pre-start}
 * alone (qemu-server 9, vm_start_nolock; pve-container 6, vm_start).
 */
@Command(
    name = "proxmox",
    description = "Judge a guest of Proxmox VE before it starts; called as its hookscript.",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 the guest starts   1 it is refused (in the phase pre-start alone)",
      "",
      "`policyctl hook install proxmox` makes a script that calls it."
    })
final class HookProxmoxCommand implements Callable<Integer> {
  static final String PHASE = "pre-start";

  /** The node that a machine comes from, in the hookscript of the node that it comes to. */
  private static final String MIGRATED_FROM = "PVE_MIGRATED_FROM";

  @Parameters(index = "0", paramLabel = "VMID", description = "the guest")
  private String vmid = "";

  @Parameters(
      index = "1",
      paramLabel = "PHASE",
      description = "pre-start; the others change nothing: post-start, pre-stop, post-stop")
  private String phase = "";

  @Mixin private HookOptions options = new HookOptions();
  @Mixin HelpOption help = new HelpOption();

  private final Terminal terminal;
  private final Map<String, String> environment;

  HookProxmoxCommand(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    if (!phase.equals(PHASE)) {
      return 0;
    }
    HookRun run = new HookRun(terminal, options, "guest `" + vmid + "`");
    return run.run(() -> new ProxmoxGate(options.host(), run).judge(vmid, migratedFrom()));
  }

  private Optional<String> migratedFrom() {
    return Optional.ofNullable(environment.get(MIGRATED_FROM)).filter(node -> !node.isEmpty());
  }
}
