package dev.policyctl.resolve;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Opening;
import dev.policyctl.model.Values;

/** The volume's own fields. */
final class VolumeFields {
  private VolumeFields() {}

  static Values.Builder add(
      DeclaredGuest guest,
      DeclaredVolume volume,
      Site site,
      Opening opening,
      Values.Builder values) {
    return values
        .set(Field.VOLUME_KEY, volume.key())
        .set(Field.VOLUME_ROLE, volume.role().word())
        .set(Field.VOLUME_SECTION, volume.section())
        .set(Field.VOLUME_ATTACHED, volume.attached())
        .set(Field.VOLUME_READ_ONLY, volume.readOnly())
        .set(Field.VOLUME_SHARED, volume.shared())
        .set(Field.VOLUME_WRITTEN, volume.isWritten())
        .set(Field.VOLUME_TRANSIENT, volume.transientWrites())
        .set(Field.VOLUME_BACKUP, backup(guest, volume))
        .set(Field.VOLUME_CACHE, volume.cache())
        .set(Field.VOLUME_AIO, volume.aio())
        .set(Field.VOLUME_AIO_ACCEPTED, opening.aioAccepted())
        .set(Field.VOLUME_FORMAT, site.placement().imageFormat())
        .set(Field.VOLUME_IO_OPENER, opening.opener())
        .set(Field.VOLUME_IO_DIRECT, direct(volume, site, opening))
        .set(Field.VOLUME_IO_POSSIBLE, opening.possible());
  }

  private static Fact<Boolean> backup(DeclaredGuest guest, DeclaredVolume volume) {
    return volume
        .backup()
        .map(known -> Fact.known(known))
        .orElseGet(
            () ->
                Fact.unknown(
                    new Missing(
                        Field.VOLUME_BACKUP.path(),
                        guest.format(),
                        "such a definition says nothing of backups: exempt the volumes that have"
                            + " one")));
  }

  /** An attached loop device is reused as it is (losetup, pve-container run_with_loopdev). */
  private static Fact<Boolean> direct(DeclaredVolume volume, Site site, Opening opening) {
    boolean loop = volume.attached() && opening.opener().is("loop");
    if (!loop || site.file().isEmpty()) {
      return opening.direct();
    }
    return site.file()
        .flatMap(HostFile::loop)
        .map(
            it ->
                Fact.known(
                    it.directIo(),
                    "`"
                        + it.device()
                        + "` is attached to it "
                        + (it.directIo() ? "with" : "without")
                        + " direct I/O"))
        .orElseGet(() -> Fact.known(false, "no loop device is attached to it yet"));
  }
}
