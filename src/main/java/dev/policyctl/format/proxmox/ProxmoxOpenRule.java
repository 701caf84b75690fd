package dev.policyctl.format.proxmox;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.Opening;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Values;

/** Who opens a volume of a Proxmox guest and how. */
public final class ProxmoxOpenRule implements OpenRule {
  @Override
  public Opening open(
      DeclaredGuest guest, DeclaredVolume volume, Placement placement, Values storage) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Fact<Boolean> directByDefault(Placement placement) {
    throw new UnsupportedOperationException();
  }
}
