package dev.policyctl.cli;

import dev.policyctl.hook.Hook;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policyctl hook remove}. */
@Command(
    name = "remove",
    description = "Take away what `policyctl hook install` made, and nothing else.",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 nothing of it is there any more",
      "  1 a guest of Proxmox VE still names the hookscript: without it, it would not start"
    })
final class HookRemoveCommand implements Callable<Integer> {
  @Mixin private HookPlace place = new HookPlace();
  @Mixin HelpOption help = new HelpOption();

  private final Terminal terminal;

  HookRemoveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Hook hook = place.hook();
    if (place.isProxmox()) {
      List<HookedGuests.Guest> naming =
          HookedGuests.of(place.root()).stream()
              .filter(guest -> guest.hookscript().equals(place.volumeId()))
              .toList();
      if (!naming.isEmpty()) {
        tellStillNaming(naming);
        return ExitCode.FAIL.number();
      }
    }
    hook.remove().forEach(done -> terminal.out().println(HookWords.of(done)));
    return ExitCode.PASS.number();
  }

  private void tellStillNaming(List<HookedGuests.Guest> naming) {
    terminal
        .out()
        .println(
            "nothing was removed: these guests name the hookscript and would not start without"
                + " it; first run, each on its node:");
    for (HookedGuests.Guest guest : naming) {
      terminal
          .out()
          .println("  " + String.join(" ", guest.namingNone()) + "   # on " + guest.node());
    }
  }
}
