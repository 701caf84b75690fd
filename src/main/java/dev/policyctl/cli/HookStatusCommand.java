package dev.policyctl.cli;

import dev.policyctl.hook.Hook;
import dev.policyctl.hook.HookFile;
import dev.policyctl.report.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policyctl hook status}. */
@Command(
    name = "status",
    description = "Say whether this host judges its guests when they start.",
    footerHeading = "%nExit codes:%n",
    footer = "  0 it does   1 not, or not as this version would")
final class HookStatusCommand implements Callable<Integer> {
  @Mixin private HookPlace place = new HookPlace();
  @Mixin HelpOption help = new HelpOption();

  private final Terminal terminal;

  HookStatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Hook hook = place.hook();
    boolean isInstalled = true;
    for (HookFile file : hook.files()) {
      HookFile.State state = file.state();
      terminal.out().println("`" + file.path() + "` " + words(state));
      isInstalled &= state == HookFile.State.INSTALLED;
    }
    Path off = place.root().resolve(Hook.SWITCH.substring(1));
    if (Files.exists(off)) {
      terminal.out().println("`" + off + "` turns all hooks off");
      isInstalled = false;
    }
    if (place.isProxmox()) {
      List<HookedGuests.Guest> guests = HookedGuests.of(place.root());
      long naming = guests.stream().filter(it -> it.hookscript().equals(place.volumeId())).count();
      terminal
          .out()
          .println(naming + " of " + Count.of(guests.size(), "guest") + " in the cluster name it");
    }
    return (isInstalled ? ExitCode.PASS : ExitCode.FAIL).number();
  }

  private static String words(HookFile.State state) {
    return switch (state) {
      case ABSENT -> "is not installed";
      case INSTALLED -> "is installed";
      case OUTDATED -> "is of another version, or was edited: install it again";
      case FOREIGN -> "is somebody else's";
    };
  }
}
