package dev.policyctl.format.kubernetes;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Placement;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.model.VolumeLocator;

/** Where a volume lies was found out when the objects of the run were joined. */
public final class KubernetesLocator implements VolumeLocator {
  @Override
  public Placement locate(DeclaredGuest guest, DeclaredVolume volume, StorageCatalog storages) {
    return PlacementOptions.get(volume.options());
  }

  @Override
  public Placement locate(StorageDefinition storage) {
    return PlacementOptions.get(storage.options());
  }
}
