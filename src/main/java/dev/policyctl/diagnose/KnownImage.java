package dev.policyctl.diagnose;

import dev.policyctl.model.Field;
import dev.policyctl.model.Values;

/**
 * A volume of a guest and the place on the host where it lies: what a damaged file may turn out to
 * be.
 *
 * @param path of the image, the directory (a bind mount, a subvolume) or the device; absolute
 * @param definitionPath the file that defines the guest
 * @param guest the guest's id
 * @param volume the volume's key
 * @param values the effective values of guest, volume, storage and host
 */
public record KnownImage(
    String path, String definitionPath, String guest, String volume, Values values) {

  String format() {
    return values.known(Field.GUEST_FORMAT);
  }

  String section() {
    return values.known(Field.VOLUME_SECTION);
  }

  boolean isOpenedBy(String opener) {
    return values.get(Field.VOLUME_IO_OPENER).is(opener);
  }

  /** {@code `scsi0` of `100`}. */
  String words() {
    return Printable.quoted(volume) + " of " + Printable.quoted(guest);
  }
}
