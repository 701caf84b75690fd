package dev.policyctl.cli;

import dev.policyctl.hook.Hook;
import java.util.Optional;

/** What is said of the files of hooks. */
final class HookWords {
  private HookWords() {}

  static String of(Hook.Done done) {
    String path = "`" + done.path() + "`";
    return switch (done.outcome()) {
      case MADE -> "made " + path;
      case RENEWED -> "renewed " + path;
      case UNCHANGED -> path + " is there already";
      case REMOVED -> "removed " + path;
      case ABSENT -> path + " is not there";
      case FOREIGN -> path + " is somebody else's and stays as it is";
    };
  }

  static String besideForeign(Hook hook) {
    return "nothing was made; call `policyctl hook "
        + hook.name()
        + " \"$@\"` from it and obey its exit code, or move it away";
  }

  static Optional<String> afterInstalling(Hook hook) {
    return switch (hook.name()) {
      case "libvirt" ->
          Optional.of(
              "libvirt looks for hooks when it starts and when it is told to: `systemctl reload"
                  + " libvirtd`, or `virtqemud` and `virtlxcd` where these run; before 6.5 it does"
                  + " not look there");
      case "lxc" ->
          Optional.of(
              "from its next start on, every container calls it whose configuration includes"
                  + " LXC's common.conf, as those of Proxmox VE do");
      default ->
          Optional.of(
              "a guest that names it starts only on nodes that have it: install it on each node of"
                  + " the cluster");
    };
  }

  static String besideHookscript(HookedGuests.Guest guest) {
    return "guest `"
        + guest.vmid()
        + "` names `"
        + guest.hookscript()
        + "`: let that script call `policyctl hook proxmox \"$1\" \"$2\"` and obey its exit code";
  }
}
