package dev.policyctl.cli;

import dev.policyctl.hook.Hook;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policyctl hook install}. */
@Command(
    name = "install",
    description = {
      "Make this host judge its guests when they start.",
      "",
      "What is there already stays; a file of somebody else's is never changed."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 it is installed   1 somebody else's file is in its place   2 usage, or it cannot be written",
      "",
      "Examples:",
      "  policyctl hook install libvirt",
      "  policyctl hook install proxmox"
    })
final class HookInstallCommand implements Callable<Integer> {
  @Mixin private HookPlace place = new HookPlace();
  @Mixin HelpOption help = new HelpOption();

  private final Terminal terminal;

  HookInstallCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Hook hook = place.hook();
    List<Hook.Done> done = hook.install();
    done.forEach(each -> terminal.out().println(HookWords.of(each)));
    if (done.stream().anyMatch(each -> each.outcome() == Hook.Outcome.FOREIGN)) {
      terminal.out().println(HookWords.besideForeign(hook));
      return ExitCode.FAIL.number();
    }
    HookWords.afterInstalling(hook).ifPresent(terminal.out()::println);
    if (place.isProxmox()) {
      tellGuests();
    }
    return ExitCode.PASS.number();
  }

  private void tellGuests() throws IOException {
    Optional<String> node = new LiveHost(place.root()).nodeName();
    List<HookedGuests.Guest> own =
        HookedGuests.of(place.root()).stream()
            .filter(guest -> node.isEmpty() || guest.node().equals(node.get()))
            .toList();
    List<HookedGuests.Guest> without =
        own.stream().filter(guest -> guest.hookscript().isEmpty()).toList();
    if (!without.isEmpty()) {
      terminal
          .out()
          .println("guests that name no hookscript yet; these commands make them name it:");
    }
    for (HookedGuests.Guest guest : without) {
      terminal.out().println("  " + String.join(" ", guest.naming(place.volumeId())));
    }
    for (HookedGuests.Guest guest : own) {
      boolean isOther =
          !guest.hookscript().isEmpty() && !guest.hookscript().equals(place.volumeId());
      if (isOther) {
        terminal.out().println(HookWords.besideHookscript(guest));
      }
    }
  }
}
