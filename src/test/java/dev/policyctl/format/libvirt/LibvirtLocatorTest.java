package dev.policyctl.format.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.source.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibvirtLocatorTest {
  private final LibvirtLocator locator = new LibvirtLocator();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # type | source                          | access  | path              | filesystem | device
          file   | file='/i/a.raw'                 | file    | /i/a.raw          | unknown    | -
          dir    | dir='/srv'                      | file    | /srv              | unknown    | -
          block  | dev='/dev/sdb'                  | block   | /dev/sdb          | ''         | -
          block  | dev='/dev/disk/by-id/x'         | block   | /dev/disk/by-id/x | ''         | -
          block  | dev='/dev/vg0/root'             | block   | /dev/vg0/root     | ''         | VOLUME_GROUP vg0
          block  | dev='/dev/mapper/my--vg-a--b'   | block   | /dev/mapper/my--vg-a--b | ''   | VOLUME_GROUP my-vg
          block  | dev='/dev/mapper/luks'          | block   | /dev/mapper/luks  | ''         | -
          block  | dev='/dev/zvol/tank/vm/a'       | block   | /dev/zvol/tank/vm/a | zfs      | ZVOL tank/vm/a
          block  | dev='/dev/loop3'                | block   | /dev/loop3        | unknown    | -
          network | protocol='rbd' name='p/i'      | network | ''                | ''         | -
          network | protocol='nfs' name='/e/i'     | network | ''                | ''         | -
          nvme   | type='pci' managed='yes'        | block   | ''                | ''         | -
          vhostuser | path='/run/s'                | unknown | unknown           | unknown    | -
          volume | pool='nowhere' volume='v'       | unknown | unknown           | unknown    | -
          """)
  void aSourceIsPlacedByItsType(
      String type, String source, String access, String path, String filesystem, String device) {
    Placement placement = disk(type, source, StorageCatalog.NONE);

    assertEquals(access, word(placement.access()));
    assertEquals(path, word(placement.path()));
    assertEquals(filesystem, word(placement.filesystem()));
    assertEquals(device, device(placement));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # type  | source and target                                                 | access  | path of volume v   | filesystem     | device
          dir     | <target><path>/p/</path></target>                                 | file    | /p/v               | unknown        | -
          fs      | <source><format type='auto'/></source><target><path>/p</path></target> | file | /p/v             | unknown        | -
          fs      | <source><format type='xfs'/></source><target><path>/p</path></target> | file | /p/v              | xfs            | -
          netfs   | <source/><target><path>/p</path></target>                         | file    | /p/v               | nfs            | -
          netfs   | <source><format type='glusterfs'/></source><target><path>/p</path></target> | file | /p/v        | fuse.glusterfs | -
          logical | <source><name>vg0</name></source>                                 | block   | /dev/vg0/v         | ''             | VOLUME_GROUP vg0
          logical |                                                                   | block   | /dev/pool/v        | ''             | VOLUME_GROUP pool
          zfs     | <source><name>tank/vm</name></source>                             | block   | /dev/zvol/tank/vm/v | zfs           | ZVOL tank/vm/v
          disk    | <target><path>/dev</path></target>                                | block   | /dev/v             | ''             | -
          mpath   | <target><path>/dev/mapper</path></target>                         | block   | /dev/mapper/v      | ''             | -
          iscsi   | <target><path>/dev/disk/by-path</path></target>                   | block   | unknown            | ''             | -
          scsi    | <target><path>/dev/disk/by-path</path></target>                   | block   | unknown            | ''             | -
          rbd     | <source><name>rbd</name></source>                                 | network | ''                 | ''             | -
          gluster | <source><name>g</name></source>                                   | network | ''                 | ''             | -
          iscsi-direct |                                                              | network | ''                 | ''             | -
          magic   |                                                                   | unknown | unknown            | unknown        | -
          """)
  void aVolumeIsFoundThroughItsPool(
      String type, String inner, String access, String path, String filesystem, String device) {
    StorageCatalog pools =
        StorageCatalog.of("here", List.of(pool(type, inner == null ? "" : inner)));
    Placement placement = disk("volume", "pool='pool' volume='v'", pools);

    assertEquals("pool", placement.storageId());
    assertEquals(access, word(placement.access()));
    assertEquals(path, word(placement.path()));
    assertEquals(filesystem, word(placement.filesystem()));
    assertEquals(device, device(placement));
  }

  @Test
  void anIscsiPoolInModeDirectIsSpokenToOverTheNetwork() {
    StorageCatalog pools = StorageCatalog.of("here", List.of(pool("iscsi", "")));
    Placement placement = disk("volume", "pool='pool' volume='unit:0:0:1' mode='direct'", pools);

    assertTrue(placement.access().is("network"));
  }

  @Test
  void aStorageOfAnotherFamilyIsNoPool() {
    StorageDefinition proxmox =
        new StorageDefinition("proxmox-storage", "pool", "dir", List.of(), java.util.Map.of());
    Placement placement =
        disk("volume", "pool='pool' volume='v'", StorageCatalog.of("here", List.of(proxmox)));

    Missing missing = placement.type().whatIsMissing().orElseThrow();
    assertEquals("no pool of this name is defined in here", missing.help());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # type | cow                                        | file system | asks for nocow
          dir    |                                            | btrfs       | true
          dir    |                                            | ext4        | false
          dir    |                                            | unknown     | unknown
          fs     |                                            | btrfs       | true
          dir    | <features><cow state='no'/></features>     | unknown     | true
          dir    | <features><cow state='no'/></features>     | ext4        | true
          dir    | <features><cow state='yes'/></features>    | btrfs       | false
          netfs  |                                            | unknown     | false
          zfs    |                                            | zfs         | false
          """)
  void aPoolWithoutCowAsksForNocowOnBtrfsAlone(
      String type, String features, String filesystem, String expected) {
    StorageDefinition pool =
        pool(type, (features == null ? "" : features) + "<target><path>/p</path></target>");
    Fact<String> found =
        filesystem.equals("unknown")
            ? SourcePlacement.filesystemOfHost("pool")
            : Fact.known(filesystem);

    assertEquals(expected, word(locator.nocowOption(locator.locate(pool), found)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # target                                                             | path    | format | nocow
          <target><path>/p/v</path><format type='qcow2'/><nocow/></target>     | /p/v    | qcow2  | true
          <key>/p/k</key><target><format type='raw'/></target>                 | /p/k    | raw    | false
          <target/>                                                            | unknown | raw    | false
          """)
  void aVolumesDefinitionSaysNocowForItself(
      String target, String path, String format, boolean nocow) {
    ParsedFile file =
        new LibvirtVolumeFormat()
            .parse(SourceText.of("v.xml", "<volume><name>v</name>" + target + "</volume>"));
    Placement placement = locator.locate(file.storages().get(0).storage());

    assertEquals(path, word(placement.path()));
    assertEquals(format, word(placement.imageFormat()));
    assertTrue(placement.nocowOption().is(nocow));
  }

  private Placement disk(String type, String source, StorageCatalog pools) {
    ParsedFile file =
        Opened.parse(
            Opened.domain(
                "kvm",
                "<disk type='%s'><source %s/><target dev='vda'/></disk>".formatted(type, source)));
    var guest = file.guests().get(0).guest();
    return locator.locate(guest, guest.volumes().get(0), pools);
  }

  private static StorageDefinition pool(String type, String inner) {
    String xml = "<pool type='%s'><name>pool</name>%s</pool>".formatted(type, inner);
    return new LibvirtPoolFormat()
        .parse(SourceText.of("pool.xml", xml))
        .storages()
        .get(0)
        .storage();
  }

  private static String device(Placement placement) {
    return placement.device().map(device -> device.kind() + " " + device.name()).orElse(null);
  }

  private static String word(Fact<?> fact) {
    return fact.ifKnown().map(Object::toString).orElse("unknown");
  }
}
