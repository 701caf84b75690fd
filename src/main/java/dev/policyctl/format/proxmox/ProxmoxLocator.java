package dev.policyctl.format.proxmox;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Placement;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.model.VolumeLocator;

/** From a Proxmox volume id and {@code storage.cfg} to the place on the host. */
public final class ProxmoxLocator implements VolumeLocator {
  @Override
  public Placement locate(DeclaredGuest guest, DeclaredVolume volume, StorageCatalog storages) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Placement locate(StorageDefinition storage) {
    throw new UnsupportedOperationException();
  }
}
