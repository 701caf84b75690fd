package dev.policyctl.model;

/**
 * Who opens a volume and how, as one family of hypervisors does it. A loop device's own state is
 * applied afterwards, from the facts of the file.
 */
public interface OpenRule {

  /**
   * @param storage the resolved fields of scopes storage and host for this volume; {@code
   *     storage.directByDefault} among them is not yet decided for it
   */
  Opening open(DeclaredGuest guest, DeclaredVolume volume, Placement placement, Values storage);

  /** Whether a disk without a cache setting is opened with O_DIRECT on such a storage. */
  Fact<Boolean> directByDefault(Placement placement);
}
