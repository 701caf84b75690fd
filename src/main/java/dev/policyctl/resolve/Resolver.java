package dev.policyctl.resolve;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.model.Values;
import dev.policyctl.model.VolumeLocator;
import java.util.Optional;

/**
 * Declared values and the facts of one host become effective values. One resolver serves all guests
 * of a host; it is thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Resolver {

  /**
   * @param hostName empty when no host is named
   * @param facts of that host; empty when nothing is known of it
   */
  public Resolver(StorageCatalog storages, String hostName, Optional<HostFacts> facts) {
    throw new UnsupportedOperationException();
  }

  /** Fields of the guest and the host. */
  public Values guest(DeclaredGuest guest) {
    throw new UnsupportedOperationException();
  }

  /** Fields of the guest, the volume, its storage and the host. */
  public Values volume(
      DeclaredGuest guest, DeclaredVolume volume, OpenRule rule, VolumeLocator locator) {
    throw new UnsupportedOperationException();
  }

  /** Fields of the storage and the host. */
  public Values storage(StorageDefinition storage, OpenRule rule, VolumeLocator locator) {
    throw new UnsupportedOperationException();
  }
}
