package dev.policyctl.format.proxmox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Opening;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.Values;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxmoxOpenRuleTest {
  // The rule reads definitions alone.
  private static final Values NOTHING =
      Values.builder()
          .set(Field.HOST_NAME, "")
          .set(Field.HOST_KERNEL, unknown())
          .set(Field.HOST_ZFS, unknown())
          .build();

  private final ProxmoxLocator locator = new ProxmoxLocator();
  private final ProxmoxOpenRule rule = new ProxmoxOpenRule();

  private static Fact<String> unknown() {
    return Fact.unknown(new Missing("host.kernel", "", ""));
  }

  private Opening open(DeclaredGuest guest, DeclaredVolume volume, StorageCatalog storages) {
    return rule.open(guest, volume, locator.locate(guest, volume, storages), NOTHING);
  }

  private Opening drive(String line) {
    return open(Declared.MACHINE, Declared.drive(line), TestStorages.CATALOG);
  }

  private static String text(Fact<?> fact) {
    return fact.ifKnown().map(String::valueOf).orElse("?");
  }

  private static String row(Opening opening) {
    return text(opening.opener()) + " " + text(opening.direct()) + " " + opening.possible();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          # rows of the table: none, unused, tpmstate0, efidisk0
          ide2: none,media=cdrom ! hypervisor false false
          ide2: none,media=cdrom,cache=none ! hypervisor false false
          unused0: tank:100/vm-100-disk-0.raw ! hypervisor false false
          unused0: gone:100/vm-100-disk-0.raw ! hypervisor false false
          tpmstate0: tank:100/vm-100-disk-0.raw ! process false false
          tpmstate0: thin:vm-100-disk-0 ! process false false
          tpmstate0: tank:100/vm-100-disk-0.qcow2 ! hypervisor true false
          tpmstate0: cows:100/vm-100-disk-0.qcow2 ! hypervisor false false
          tpmstate0: nocow:100/vm-100-disk-0.qcow2 ! hypervisor true false
          tpmstate0: zfsiscsi:vm-100-disk-0 ! hypervisor true false
          tpmstate0: direct:lun1 ! hypervisor true false
          tpmstate0: gone:vm-100-disk-0 ! ? ? false
          efidisk0: tank:100/vm-100-disk-0.raw ! hypervisor false false
          efidisk0: ceph:vm-100-disk-0 ! hypervisor false false
          efidisk0: nocow:100/vm-100-disk-0.raw ! hypervisor false false
          # explicit cache
          scsi0: cows:100/vm-100-disk-0.raw,cache=none ! hypervisor true false
          scsi0: cows:100/vm-100-disk-0.raw,cache=directsync ! hypervisor true false
          scsi0: cows:100/vm-100-disk-0.raw,cache=off ! hypervisor true false
          ide2: tank:iso/debian.iso,media=cdrom,cache=none ! hypervisor true false
          scsi0: gone:100/vm-100-disk-0.raw,cache=none ! hypervisor true false
          scsi0: tank:100/vm-100-disk-0.raw,cache=writeback ! hypervisor false false
          scsi0: tank:100/vm-100-disk-0.raw,cache=writethrough ! hypervisor false false
          scsi0: tank:100/vm-100-disk-0.raw,cache=unsafe ! hypervisor false false
          scsi0: nocow:100/vm-100-disk-0.raw,cache=writeback ! hypervisor false false
          scsi0: gone:100/vm-100-disk-0.raw,cache=unsafe ! hypervisor false false
          # CD-ROM and cloud-init: only media counts
          ide2: tank:iso/debian.iso,media=cdrom ! hypervisor false false
          ide2: gone:iso/debian.iso,media=cdrom ! hypervisor false false
          ide2: cdrom,media=cdrom ! hypervisor false false
          ide2: cdrom ! hypervisor true false
          ide2: tank:100/vm-100-cloudinit.qcow2,media=cdrom ! hypervisor false false
          ide2: tank:100/vm-100-cloudinit.qcow2 ! hypervisor true false
          # unset cache by storage
          scsi0: tank:100/vm-100-disk-0.raw ! hypervisor true false
          scsi0: cows:100/vm-100-disk-0.raw ! hypervisor false false
          scsi0: cows:100/vm-100-disk-0.qcow2 ! hypervisor false false
          scsi0: nocow:100/vm-100-disk-0.raw ! hypervisor true false
          scsi0: nocow:100/vm-100-disk-0.qcow2 ! hypervisor true false
          scsi0: nas:100/vm-100-disk-0.raw ! hypervisor true false
          scsi0: share:100/vm-100-disk-0.raw ! hypervisor true false
          scsi0: thick:vm-100-disk-0 ! hypervisor true false
          scsi0: thin:vm-100-disk-0 ! hypervisor true false
          scsi0: zfs:vm-100-disk-0 ! hypervisor true false
          scsi0: zfsiscsi:vm-100-disk-0 ! hypervisor true false
          scsi0: ceph:vm-100-disk-0 ! hypervisor true false
          scsi0: krbd:vm-100-disk-0 ! hypervisor true false
          scsi0: san:0.0.1.scsi-36001405 ! hypervisor true false
          scsi0: plugin:pm-0f3c_100 ! hypervisor true false
          scsi0: /dev/sda ! hypervisor true false
          scsi0: /srv/disk.img ! hypervisor true false
          scsi0: gone:100/vm-100-disk-0.raw ! hypervisor ? false
          # virtiofs
          virtiofs0: shared ! process false false
          virtiofs0: shared,direct-io=0 ! process false false
          virtiofs0: shared,direct-io=1 ! process false true
          virtiofs0: shared,direct-io=yes ! process false true
          """)
  void drivesAreOpenedAsTheTableSays(String line, String expected) {
    assertEquals(expected, row(drive(line)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          rootfs: tank:100/vm-100-disk-0.raw ! loop false false
          rootfs: cows:100/vm-100-disk-0.raw ! loop false false
          rootfs: nocow:100/vm-100-disk-0.raw ! loop false false
          rootfs: nas:100/vm-100-disk-0.raw ! loop false false
          mp0: tank:iso/debian.iso,mp=/iso ! loop false false
          rootfs: thin:vm-100-disk-0 ! process false false
          rootfs: ceph:vm-100-disk-0 ! process false false
          mp0: /dev/sdb1,mp=/data ! process false false
          rootfs: tank:100/subvol-100-disk-0.subvol ! process false true
          rootfs: cows:100/subvol-100-disk-0.subvol ! process false true
          rootfs: zfs:subvol-100-disk-0 ! process false true
          mp0: /srv/data,mp=/data ! process false true
          rootfs: gone:subvol-100-disk-0 ! process false true
          rootfs: gone:100/vm-100-disk-0.raw ! ? false false
          rootfs: gone:vm-100-disk-0 ! ? false true
          unused0: cows:100/subvol-100-disk-0.subvol ! process false false
          """)
  void containersGetLoopDevicesOrTheDirectoryItself(String line, String expected) {
    assertEquals(
        expected, row(open(Declared.CONTAINER, Declared.mountPoint(line), TestStorages.CATALOG)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          scsi0: tank:100/vm-100-disk-0.raw,cache=none ! `cache=none` opens the image with O_DIRECT
          scsi0: tank:100/vm-100-disk-0.raw,cache=unsafe ! `cache=unsafe` goes through the host's page cache
          scsi0: tank:100/vm-100-disk-0.raw ! `cache` is not set and a storage of type `dir` defaults to O_DIRECT
          scsi0: cows:100/vm-100-disk-0.raw ! `cache` is not set and a storage of type `btrfs` without `nocow` defaults to the host's page cache
          scsi0: nocow:100/vm-100-disk-0.raw ! `cache` is not set and a storage of type `btrfs` with `nocow 1` defaults to O_DIRECT
          scsi0: /dev/sda ! `cache` is not set and a path outside of storages defaults to O_DIRECT
          """)
  void reasonsNameWhatDecides(String line, String reason) {
    assertEquals(List.of(reason), drive(line).direct().because());
  }

  @Test
  void unknownStorageIsWhatIsMissing() {
    Opening opening =
        open(
            Declared.MACHINE,
            Declared.drive("scsi0: tank:100/vm-100-disk-0.raw"),
            StorageCatalog.NONE);
    assertEquals(
        Optional.of("`storage.type` of `tank` is not known"),
        opening.direct().whatIsMissing().map(Missing::message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          scsi0: tank:100/vm-100-disk-0.raw,aio=native ! true
          scsi0: tank:100/vm-100-disk-0.raw,aio=native,cache=none ! true
          scsi0: tank:100/vm-100-disk-0.raw,aio=native,cache=writeback ! false
          scsi0: tank:100/vm-100-disk-0.raw,aio=io_uring,cache=writeback ! true
          scsi0: tank:100/vm-100-disk-0.raw,aio=threads,cache=unsafe ! true
          scsi0: cows:100/vm-100-disk-0.raw,aio=native ! false
          scsi0: nocow:100/vm-100-disk-0.raw,aio=native ! true
          ide2: tank:iso/debian.iso,media=cdrom,aio=native ! false
          ide2: none,media=cdrom,aio=native ! true
          scsi0: ceph:vm-100-disk-0,aio=native,cache=writeback ! true
          scsi0: krbd:vm-100-disk-0,aio=native,cache=writeback ! false
          scsi0: zfsiscsi:vm-100-disk-0,aio=native,cache=writeback ! true
          scsi0: thin:vm-100-disk-0,aio=native,cache=writethrough ! false
          scsi0: gone:100/vm-100-disk-0.raw,aio=native ! ?
          scsi0: gone:100/vm-100-disk-0.raw,aio=native,cache=none ! true
          scsi0: gone:vm-100-disk-0,aio=native,cache=writeback ! ?
          scsi0: gone:vm-100-disk-0,aio=threads ! true
          """)
  void nativeAioNeedsDirectIo(String line, String expected) {
    assertEquals(expected, text(drive(line).aioAccepted()));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          tank, true
          local, true
          backups, false
          cows, false
          nocow, true
          nas, true
          zfs, true
          zfsmount, false
          thin, true
          ceph, true
          cephfs, false
          pbs, false
          """)
  void storagesHaveADefault(String id, boolean expected) {
    Fact<Boolean> fact =
        rule.directByDefault(locator.locate(TestStorages.CATALOG.find(id).orElseThrow()));
    assertTrue(fact.is(expected), fact.toString());
  }
}
