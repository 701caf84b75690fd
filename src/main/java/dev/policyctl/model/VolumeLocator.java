package dev.policyctl.model;

/** How one family of formats finds out where a volume lies. Pure: reads definitions, no disk. */
public interface VolumeLocator {

  Placement locate(DeclaredGuest guest, DeclaredVolume volume, StorageCatalog storages);

  /** The place where the storage's next image will be made; its path is that directory. */
  Placement locate(StorageDefinition storage);
}
