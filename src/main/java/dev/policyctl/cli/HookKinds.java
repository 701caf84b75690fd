package dev.policyctl.cli;

import java.util.Iterator;
import java.util.List;

/** What can call a hook, for messages and for the completion of shells. */
public final class HookKinds implements Iterable<String> {
  static final List<String> ALL = List.of("proxmox", "lxc", "libvirt");

  @Override
  public Iterator<String> iterator() {
    return ALL.iterator();
  }
}
