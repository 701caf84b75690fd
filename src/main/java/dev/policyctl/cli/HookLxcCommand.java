package dev.policyctl.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code policyctl hook lxc}: as {@code lxc.hook.pre-start}, which every start of a container runs,
 * the reboot from inside too (lxc.container.conf(5), "CONTAINER HOOKS").
 */
@Command(
    name = "lxc",
    description = {
      "Judge a container of Proxmox VE before it starts; called as lxc.hook.pre-start.",
      "",
      "LXC says in LXC_NAME, or in the first argument, which container it is. One that Proxmox VE",
      "does not know is not judged, and starts."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 the container starts   1 it is refused",
      "",
      "`policyctl hook install lxc` makes LXC call it."
    })
final class HookLxcCommand implements Callable<Integer> {
  private static final String TYPE = "pre-start";

  @Parameters(
      paramLabel = "ARGUMENT",
      arity = "0..*",
      description = "what LXC adds: the container's name, `lxc`, and the hook's type")
  private List<String> arguments = List.of();

  @Mixin private HookOptions options = new HookOptions();
  @Mixin HelpOption help = new HelpOption();

  private final Terminal terminal;
  private final Map<String, String> environment;

  HookLxcCommand(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    String type = told("LXC_HOOK_TYPE", 2).orElse(TYPE);
    if (!type.equals(TYPE)) {
      return 0;
    }
    String name =
        told("LXC_NAME", 0)
            .orElseThrow(
                () ->
                    new UsageException(
                        "LXC_NAME is not set", "let LXC call it: `policyctl hook install lxc`"));
    HookRun run = new HookRun(terminal, options, "container `" + name + "`");
    return run.run(
        () -> {
          ProxmoxGate gate = new ProxmoxGate(options.host(), run);
          if (!isOfProxmox(name) || gate.configuration(name).isEmpty()) {
            run.startsUnjudged("it is no container of Proxmox VE");
            return Optional.empty();
          }
          return gate.judge(name, Optional.empty());
        });
  }

  /** Another container may have a VMID for its name, in another place. */
  private boolean isOfProxmox(String name) {
    String own = "/var/lib/lxc/" + name + "/config";
    return Optional.ofNullable(environment.get("LXC_CONFIG_FILE")).map(own::equals).orElse(true);
  }

  private Optional<String> told(String variable, int argument) {
    return Optional.ofNullable(environment.get(variable))
        .or(
            () ->
                arguments.size() > argument
                    ? Optional.of(arguments.get(argument))
                    : Optional.empty());
  }
}
