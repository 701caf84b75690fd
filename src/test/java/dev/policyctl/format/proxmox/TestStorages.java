package dev.policyctl.format.proxmox;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.source.SourceText;

/** One storage of every type. */
final class TestStorages {
  static final String TEXT =
      """
      dir: tank
      \tpath /mnt/tank/

      dir: sorted
      \tpath /srv/sorted
      \tcontent-dirs images=vm/disks,iso=isos

      dir: backups
      \tpath /srv/backups
      \tcontent backup,iso

      btrfs: cows
      \tpath /butter

      btrfs: nocow
      \tpath /margarine
      \tnocow 1

      nfs: nas
      \tserver nas.example
      \texport /export/vm

      cifs: share
      \tpath /mnt/share
      \tserver nas.example
      \tshare vm

      cephfs: cephfs
      \tcontent iso

      cephfs: cephfuse
      \tcontent iso
      \tfuse 1

      zfspool: zfs
      \tpool rpool/data

      zfspool: zfsmount
      \tpool rpool/ct
      \tmountpoint /ct
      \tcontent rootdir

      zfs: zfsiscsi
      \tpool tank
      \tportal 192.0.2.1
      \ttarget iqn.2001-04.example:tank
      \tiscsiprovider LIO

      lvm: thick
      \tvgname vg0

      lvmthin: thin
      \tvgname pve
      \tthinpool data

      rbd: ceph
      \tpool vms

      rbd: krbd
      \tpool vms
      \tnamespace lab
      \tkrbd 1

      rbd: krbdfsid
      \tpool vms
      \tkrbd 1
      \tfsid 11111111-2222-3333-4444-555555555555

      iscsi: san
      \tportal 192.0.2.2
      \ttarget iqn.2001-04.example:san

      iscsidirect: direct
      \tportal 192.0.2.2
      \ttarget iqn.2001-04.example:san

      pbs: pbs
      \tserver pbs.example
      \tdatastore main

      linstor: plugin
      \tresourcegroup fast
      """;

  static final StorageCatalog CATALOG = catalog(TEXT);

  private TestStorages() {}

  static StorageCatalog catalog(String text) {
    return ProxmoxStorages.catalog(
        "storage.cfg",
        parse(text).storages().stream().map(ParsedFile.ParsedStorage::storage).toList());
  }

  static ParsedFile parse(String text) {
    return new StorageCfgFormat().parse(SourceText.of("storage.cfg", text));
  }
}
