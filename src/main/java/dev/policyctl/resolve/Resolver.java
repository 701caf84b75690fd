package dev.policyctl.resolve;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.Opening;
import dev.policyctl.model.Placement;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.model.Values;
import dev.policyctl.model.VolumeLocator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Declared values and the facts of one host become effective values. One resolver serves all guests
 * of a host; it is thread-safe.
 */
public final class Resolver {
  private final StorageCatalog storages;
  private final Host host;
  private final SiteFinder sites;
  private final Map<SharedSite, Values> shared = new ConcurrentHashMap<>();

  /**
   * @param hostName empty when no host is named
   * @param facts of that host; empty when nothing is known of it
   */
  public Resolver(StorageCatalog storages, String hostName, Optional<HostFacts> facts) {
    this.storages = storages;
    this.host = Host.of(hostName, facts);
    this.sites = new SiteFinder(host, facts.orElseGet(() -> nothingKnownOf(hostName)));
  }

  private static HostFacts nothingKnownOf(String hostName) {
    return new HostFacts(
        hostName,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** Fields of the guest and the host. */
  public Values guest(DeclaredGuest guest) {
    return GuestFields.add(guest, host, Values.builder().setAll(host.values())).build();
  }

  /** Fields of the guest, the volume, its storage and the host. */
  public Values volume(
      DeclaredGuest guest, DeclaredVolume volume, OpenRule rule, VolumeLocator locator) {
    Placement placement = locator.locate(guest, volume, storages);
    Site site = sites.find(placement, false, definedOptions(placement));
    Values storage = storage(site, rule, locator);
    Opening opening = rule.open(guest, volume, placement, storage);
    Values.Builder values = GuestFields.add(guest, host, storage.with());
    return VolumeFields.add(guest, volume, site, opening, values).build();
  }

  /** Fields of the storage and the host. */
  public Values storage(StorageDefinition storage, OpenRule rule, VolumeLocator locator) {
    Placement placement = locator.locate(storage);
    Site site = sites.find(placement, true, mountOptions(storage));
    return StorageResolver.resolve(site, rule.directByDefault(placement), locator);
  }

  private List<String> definedOptions(Placement placement) {
    return storages.find(placement.storageId()).map(Resolver::mountOptions).orElse(List.of());
  }

  /** The option {@code options} is Proxmox' for an NFS or CIFS mount (pvesm.adoc). */
  private static List<String> mountOptions(StorageDefinition storage) {
    return List.of(storage.option("options").split(",", -1));
  }

  private Values storage(Site site, OpenRule rule, VolumeLocator locator) {
    Fact<Boolean> directByDefault = rule.directByDefault(site.placement());
    if (!SharedSite.isShared(site)) {
      return StorageResolver.resolve(site, directByDefault, locator);
    }
    return shared
        .computeIfAbsent(
            SharedSite.of(site), key -> StorageResolver.resolve(site, directByDefault, locator))
        .with()
        .set(Field.STORAGE_PATH, site.path())
        .set(Field.STORAGE_DIRECT_BY_DEFAULT, directByDefault)
        .build();
  }
}
