package dev.policyctl.format.libvirt;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Opening;
import dev.policyctl.model.Placement;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.Values;
import dev.policyctl.source.SourceText;

/** A domain's volumes with what the open rule and the locator make of them. */
record Opened(ParsedGuest guest, DeclaredVolume volume, Placement placement, Opening opening) {
  private static final LibvirtDomainFormat FORMAT = new LibvirtDomainFormat();
  private static final Values NO_STORAGE = Values.builder().build();

  static ParsedFile parse(String xml) {
    return FORMAT.parse(SourceText.of("guest.xml", xml));
  }

  static Opened of(ParsedGuest guest, DeclaredVolume volume, StorageCatalog storages) {
    Placement placement = FORMAT.locator().locate(guest.guest(), volume, storages);
    return new Opened(
        guest,
        volume,
        placement,
        FORMAT.openRule().open(guest.guest(), volume, placement, NO_STORAGE));
  }

  /** The volume of this key in the only guest of the file. */
  static Opened of(ParsedFile file, String key) {
    ParsedGuest guest = file.guests().get(0);
    DeclaredVolume volume =
        guest.guest().volumes().stream()
            .filter(candidate -> candidate.key().equals(key))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no volume " + key));
    return of(guest, volume, StorageCatalog.NONE);
  }

  /** The only volume of a domain of this type with these devices. */
  static Opened only(String domainType, String devices) {
    ParsedFile file = parse(domain(domainType, devices));
    if (file.guests().isEmpty() || file.guests().get(0).guest().volumes().size() != 1) {
      throw new AssertionError("not one volume: " + file);
    }
    return of(file, file.guests().get(0).guest().volumes().get(0).key());
  }

  static String domain(String type, String devices) {
    return "<domain type='" + type + "'><name>g</name><devices>" + devices + "</devices></domain>";
  }
}
