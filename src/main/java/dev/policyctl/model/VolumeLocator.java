package dev.policyctl.model;

/** How one family of formats finds out where a volume lies. Pure: reads definitions, no disk. */
public interface VolumeLocator {

  Placement locate(DeclaredGuest guest, DeclaredVolume volume, StorageCatalog storages);

  /** The place where the storage's next image will be made; its path is that directory. */
  Placement locate(StorageDefinition storage);

  /**
   * Whether the storage's definition asks for files without copy-on-write, where that depends on
   * the file system that was found below.
   */
  default Fact<Boolean> nocowOption(Placement placement, Fact<String> filesystem) {
    return placement.nocowOption();
  }
}
