package dev.policyctl.format.proxmox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.model.StorageCatalog;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxmoxLocatorTest {
  private final ProxmoxLocator locator = new ProxmoxLocator();

  private Placement drive(String file) {
    return drive(file, TestStorages.CATALOG);
  }

  private Placement drive(String file, StorageCatalog storages) {
    return locator.locate(Declared.MACHINE, Declared.drive("scsi0: " + file), storages);
  }

  private Placement mountPoint(String volume) {
    return locator.locate(
        Declared.CONTAINER, Declared.mountPoint("mp0: " + volume), TestStorages.CATALOG);
  }

  private Placement storage(String id) {
    return locator.locate(TestStorages.CATALOG.find(id).orElseThrow());
  }

  private static String text(Fact<String> fact) {
    return fact.ifKnown().map(value -> value.isEmpty() ? "-" : value).orElse("?");
  }

  private static String device(Placement place) {
    return place.device().map(d -> d.kind() + " " + d.name()).orElse("-");
  }

  private static String row(Placement place) {
    return String.join(
        " | ",
        text(place.access()),
        text(place.path()),
        text(place.imageFormat()),
        text(place.filesystem()),
        device(place));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          # directories
          tank:100/vm-100-disk-0.qcow2 ! file | /mnt/tank/images/100/vm-100-disk-0.qcow2 | qcow2 | ? | -
          tank:100/vm-100-disk-0.raw ! file | /mnt/tank/images/100/vm-100-disk-0.raw | raw | ? | -
          tank:100/vm-100-disk-0.vmdk ! file | /mnt/tank/images/100/vm-100-disk-0.vmdk | vmdk | ? | -
          tank:9000/base-9000-disk-0.qcow2 ! file | /mnt/tank/images/9000/base-9000-disk-0.qcow2 | qcow2 | ? | -
          tank:9000/base-9000-disk-0.raw/100/vm-100-disk-0.qcow2 ! file | /mnt/tank/images/100/vm-100-disk-0.qcow2 | qcow2 | ? | -
          tank:100/vm-100-cloudinit.qcow2 ! file | /mnt/tank/images/100/vm-100-cloudinit.qcow2 | qcow2 | ? | -
          tank:iso/debian.iso ! file | /mnt/tank/template/iso/debian.iso | raw | ? | -
          tank:snippets/x.pl ! file | /mnt/tank/snippets/x.pl | raw | ? | -
          tank:import/disk.qcow2 ! file | /mnt/tank/import/disk.qcow2 | qcow2 | ? | -
          sorted:100/vm-100-disk-0.raw ! file | /srv/sorted/vm/disks/100/vm-100-disk-0.raw | raw | ? | -
          sorted:iso/debian.iso ! file | /srv/sorted/isos/debian.iso | raw | ? | -
          local:100/vm-100-disk-0.raw ! file | /var/lib/vz/images/100/vm-100-disk-0.raw | raw | ? | -
          tank:32 ! file | ? | ? | ? | -
          tank:100/notes.txt ! file | ? | ? | ? | -
          # btrfs
          cows:100/vm-100-disk-0.raw ! file | /butter/images/100/vm-100-disk-0/disk.raw | raw | btrfs | -
          cows:100/vm-100-disk-0.qcow2 ! file | /butter/images/100/vm-100-disk-0.qcow2 | qcow2 | btrfs | -
          cows:iso/debian.iso ! file | /butter/template/iso/debian.iso | raw | btrfs | -
          # network file systems
          nas:100/vm-100-disk-0.raw ! file | /mnt/pve/nas/images/100/vm-100-disk-0.raw | raw | nfs | -
          share:100/vm-100-disk-0.raw ! file | /mnt/share/images/100/vm-100-disk-0.raw | raw | cifs | -
          cephfs:iso/debian.iso ! file | /mnt/pve/cephfs/template/iso/debian.iso | raw | ceph | -
          cephfuse:iso/debian.iso ! file | /mnt/pve/cephfuse/template/iso/debian.iso | raw | fuse.ceph | -
          # block and network storages
          zfs:vm-100-disk-0 ! block | /dev/zvol/rpool/data/vm-100-disk-0 | raw | zfs | ZVOL rpool/data/vm-100-disk-0
          zfs:base-9000-disk-0/vm-100-disk-0 ! block | /dev/zvol/rpool/data/vm-100-disk-0 | raw | zfs | ZVOL rpool/data/vm-100-disk-0
          zfsiscsi:vm-100-disk-0 ! network | - | raw | - | -
          thick:vm-100-disk-0 ! block | /dev/vg0/vm-100-disk-0 | raw | - | VOLUME_GROUP vg0
          thick:vm-100-disk-0.qcow2 ! block | /dev/vg0/vm-100-disk-0.qcow2 | qcow2 | - | VOLUME_GROUP vg0
          thin:vm-100-disk-0 ! block | /dev/pve/vm-100-disk-0 | raw | - | VOLUME_GROUP pve
          ceph:vm-100-disk-0 ! network | - | raw | - | -
          krbd:base-9000-disk-0/vm-100-disk-0 ! block | /dev/rbd/vms/lab/vm-100-disk-0 | raw | - | -
          krbdfsid:vm-100-disk-0 ! block | /dev/rbd-pve/11111111-2222-3333-4444-555555555555/vms/vm-100-disk-0 | raw | - | -
          san:0.0.1.scsi-36001405 ! block | /dev/disk/by-id/scsi-36001405 | raw | - | -
          san:odd ! block | ? | raw | - | -
          direct:lun1 ! network | - | raw | - | -
          plugin:pm-0f3c_100 ! ? | ? | ? | ? | -
          # without a storage
          none,media=cdrom ! - | - | - | - | -
          cdrom,media=cdrom ! block | /dev/cdrom | raw | - | -
          /dev/sda ! block | /dev/sda | raw | - | -
          /dev/zvol/rpool/x ! block | /dev/zvol/rpool/x | raw | zfs | ZVOL rpool/x
          /srv/disk.img ! file | /srv/disk.img | raw | ? | -
          /srv/disk.qcow2 ! file | /srv/disk.qcow2 | raw | ? | -
          /srv/disk.qcow2,format=qcow2 ! file | /srv/disk.qcow2 | qcow2 | ? | -
          nbd:unix:/run/x.sock:exportname=scsi0 ! network | - | raw | - | -
          x:disk ! ? | ? | ? | ? | -
          """)
  void drivesLieWhereTheirStoragePutsThem(String file, String expected) {
    assertEquals(expected, row(drive(file)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          tank:100/vm-100-disk-0.raw ! file | /mnt/tank/images/100/vm-100-disk-0.raw | raw | ? | -
          tank:100/subvol-100-disk-0.subvol ! file | /mnt/tank/images/100/subvol-100-disk-0.subvol | subvol | ? | -
          cows:100/vm-100-disk-0.raw ! file | /butter/images/100/vm-100-disk-0/disk.raw | raw | btrfs | -
          cows:100/subvol-100-disk-0.subvol ! file | /butter/images/100/subvol-100-disk-0.subvol | subvol | btrfs | -
          zfs:subvol-100-disk-0 ! file | /rpool/data/subvol-100-disk-0 | subvol | zfs | DATASET rpool/data/subvol-100-disk-0
          zfs:basevol-9000-disk-0/subvol-100-disk-0 ! file | /rpool/data/subvol-100-disk-0 | subvol | zfs | DATASET rpool/data/subvol-100-disk-0
          zfsmount:subvol-100-disk-0 ! file | /ct/subvol-100-disk-0 | subvol | zfs | DATASET rpool/ct/subvol-100-disk-0
          zfs:basevol-9000-disk-0 ! file | /rpool/data/basevol-9000-disk-0 | subvol | zfs | DATASET rpool/data/basevol-9000-disk-0
          thin:vm-100-disk-0 ! block | /dev/pve/vm-100-disk-0 | raw | - | VOLUME_GROUP pve
          ceph:vm-100-disk-0 ! block | /dev/rbd/vms/vm-100-disk-0 | raw | - | -
          /dev/sdb1,mp=/data ! block | /dev/sdb1 | raw | - | -
          /srv/data,mp=/data ! file | /srv/data | directory | ? | -
          gone:subvol-100-disk-0 ! ? | ? | subvol | ? | -
          gone:100/vm-100-disk-0.raw ! ? | ? | raw | ? | -
          gone:vm-100-disk-0 ! ? | ? | ? | ? | -
          """)
  void mountPointsLieWhereTheirStoragePutsThem(String volume, String expected) {
    assertEquals(expected, row(mountPoint(volume)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          tank ! file | /mnt/tank | raw | ? | -
          local ! file | /var/lib/vz | raw | ? | -
          backups ! file | /srv/backups | - | ? | -
          cows ! file | /butter | raw | btrfs | -
          nas ! file | /mnt/pve/nas | raw | nfs | -
          zfs ! block | /dev/zvol/rpool/data | raw | zfs | ZVOL rpool/data
          zfsmount ! file | /ct | - | zfs | DATASET rpool/ct
          thin ! block | /dev/pve | raw | - | VOLUME_GROUP pve
          ceph ! network | - | raw | - | -
          krbd ! block | - | raw | - | -
          pbs ! network | - | - | - | -
          plugin ! ? | ? | ? | ? | -
          """)
  void storagesLieWhereTheirNextImageWillBe(String id, String expected) {
    assertEquals(expected, row(storage(id)));
  }

  @ParameterizedTest
  @CsvSource({"tank,false", "cows,false", "nocow,true", "thin,false", "plugin,false"})
  void onlyBtrfsHasNocow(String id, boolean expected) {
    assertTrue(storage(id).nocowOption().is(expected));
  }

  @Test
  void nocowHasItsReason() {
    assertEquals("storage `nocow` has `nocow 1`", storage("nocow").nocowOption().because().get(0));
  }

  @Test
  void storageThatIsNotInTheCatalogIsUnknown() {
    Placement place = drive("gone:100/vm-100-disk-0.raw");
    Missing missing =
        new Missing(
            "storage.type",
            "gone",
            "it is not defined in `storage.cfg`: define it there, or correct its name");
    assertEquals("gone", place.storageId());
    assertEquals(Optional.of(missing), place.type().whatIsMissing());
    assertEquals(Optional.of(missing), place.path().whatIsMissing());
    assertEquals(Optional.of(missing), place.nocowOption().whatIsMissing());
  }

  @Test
  void withoutACatalogTheHelpAsksForIt() {
    Placement place = drive("tank:100/vm-100-disk-0.raw", StorageCatalog.NONE);
    assertEquals(
        Optional.of(
            new Missing(
                "storage.type", "tank", "pass the cluster's `storage.cfg` with `--storage-cfg`")),
        place.type().whatIsMissing());
  }

  @ParameterizedTest
  @CsvSource({"tank:100/vm-100-disk-0.raw,tank", "/srv/disk.img,/srv/disk.img"})
  void fileSystemBelowADirectoryIsTheHostsToTell(String file, String of) {
    assertEquals(
        Optional.of(
            new Missing(
                "storage.filesystem",
                of,
                "run `policyctl probe` on the host and pass its output with `--facts`")),
        drive(file).filesystem().whatIsMissing());
  }

  @Test
  void virtiofsDirectoryIsUnknown() {
    Placement place =
        locator.locate(Declared.MACHINE, Declared.drive("virtiofs0: shared"), TestStorages.CATALOG);
    assertEquals("file | ? | directory | ? | -", row(place));
    assertEquals(
        Optional.of("storage.path shared"),
        place.path().whatIsMissing().map(missing -> missing.field() + " " + missing.of()));
  }

  @Test
  void thirdPartyTypeIsKnownByNameAlone() {
    Placement place = drive("plugin:pm-0f3c_100");
    assertTrue(place.type().is("linstor"));
    assertEquals(Optional.of("storage.access"), place.access().whatIsMissing().map(Missing::field));
  }
}
