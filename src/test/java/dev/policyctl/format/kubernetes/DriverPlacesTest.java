package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.model.Field;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Values;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverPlacesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # provisioner               | parameters                                        | Filesystem: fs, path, device | Block: fs, device
          topolvm.io                  | csi.storage.k8s.io/fstype: btrfs                  | file btrfs '' STORAGE_CLASS:s | block '' ''
          topolvm.io                  | topolvm.io/device-class: ssd                      | file ?storage.filesystem '' STORAGE_CLASS:s | block '' ''
          topolvm.cybozu.com          | csi.storage.k8s.io/fstype: btrfs                  | file btrfs '' STORAGE_CLASS:s | block '' ''
          zfs.csi.openebs.io          | 'poolname: tank/k8s, fstype: zfs'                 | file zfs '' DATASET:tank/k8s  | block zfs ZVOL:tank/k8s
          zfs.csi.openebs.io          | 'poolName: tank, fsType: btrfs'                   | file btrfs '' STORAGE_CLASS:s | block zfs ZVOL:tank
          zfs.csi.openebs.io          | poolname: tank                                    | file ?storage.filesystem '' STORAGE_CLASS:s | block zfs ZVOL:tank
          local.csi.openebs.io        | 'storage: lvm, volgroup: vg0, fsType: xfs'        | file xfs '' VOLUME_GROUP:vg0  | block '' VOLUME_GROUP:vg0
          local.csi.openebs.io        | 'volGroup: vg0, csi.storage.k8s.io/fstype: btrfs' | file btrfs '' VOLUME_GROUP:vg0 | block '' VOLUME_GROUP:vg0
          rawfile.csi.openebs.io      | csi.storage.k8s.io/fstype: btrfs                  | file btrfs '' STORAGE_CLASS:s | block '' ''
          openebs.io/local            | ''                                                | file ?storage.path ?storage.path STORAGE_CLASS:s | block '' ''
          rancher.io/local-path       | ''                                                | file ?storage.path ?storage.path STORAGE_CLASS:s | block '' ''
          rancher.io/local-path       | nodePath: /srv/lp                                 | file ?storage.filesystem /srv/lp STORAGE_CLASS:s | block '' ''
          org.democratic-csi.iscsi    | csi.storage.k8s.io/fstype: btrfs                  | file btrfs '' STORAGE_CLASS:s | block '' ''
          csi.san.synology.com        | fsType: btrfs                                     | file btrfs '' STORAGE_CLASS:s | block '' ''
          csi.san.synology.com        | protocol: nfs                                     | file nfs '' STORAGE_CLASS:s   | block '' ''
          csi.san.synology.com        | protocol: smb                                     | file cifs '' STORAGE_CLASS:s  | block '' ''
          pd.csi.storage.gke.io       | csi.storage.k8s.io/fstype: btrfs                  | file btrfs '' STORAGE_CLASS:s | block '' ''
          ebs.csi.aws.com             | csi.storage.k8s.io/fstype: xfs                    | file xfs '' STORAGE_CLASS:s   | block '' ''
          rbd.csi.ceph.com            | csi.storage.k8s.io/fstype: ext4                   | file ext4 '' STORAGE_CLASS:s  | block '' ''
          rook-ceph.rbd.csi.ceph.com  | csi.storage.k8s.io/fstype: ext4                   | file ext4 '' STORAGE_CLASS:s  | block '' ''
          cephfs.csi.ceph.com         | fsName: cephfs                                    | file ceph '' STORAGE_CLASS:s  | block '' ''
          linstor.csi.linbit.com      | csi.storage.k8s.io/fstype: xfs                    | file xfs '' STORAGE_CLASS:s   | block '' ''
          driver.longhorn.io          | fsType: xfs                                       | file xfs '' STORAGE_CLASS:s   | block '' ''
          driver.longhorn.io          | numberOfReplicas: "3"                             | file ?storage.filesystem '' STORAGE_CLASS:s | block '' ''
          carina.storage.io           | csi.storage.k8s.io/fstype: xfs                    | file xfs '' STORAGE_CLASS:s   | block '' ''
          hostpath.csi.k8s.io         | ''                                                | file ?storage.path ?storage.path STORAGE_CLASS:s | block '' ''
          nfs.csi.k8s.io              | 'server: s, share: /x'                            | file nfs '' STORAGE_CLASS:s   | block '' ''
          kubernetes.io/no-provisioner | ''                                               | file ?storage.path ?storage.path STORAGE_CLASS:s | block '' ''
          example.com/unheard-of      | ''                                                | file ?storage.path ?storage.path STORAGE_CLASS:s | block '' ''
          example.com/unheard-of      | csi.storage.k8s.io/fstype: BTRFS                  | file btrfs '' STORAGE_CLASS:s | block '' ''
          """)
  void placesVolumes(String provisioner, String parameters, String filesystem, String block) {
    World world = world(provisioner, parameters, "");
    assertEquals(filesystem, place(world, "fs", true));
    assertEquals(block, place(world, "raw", false));
    assertEquals(provisioner, World.text(claim(world, "fs"), Field.STORAGE_TYPE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          topolvm.io             | mountOptions: [nodatacow]                     | true
          topolvm.io             | 'mountOptions: ["noatime,nodatacow", x]'      | true
          topolvm.io             | mountOptions: [datacow, nodatasum]            | false
          topolvm.io             | ''                                            | false
          linstor.csi.linbit.com | 'parameters: {linstor.csi.linbit.com/mountOpts: "noatime,nodatacow"}' | true
          rbd.csi.ceph.com       | 'parameters: {mountOptions: nodatacow}'       | true
          topolvm.io             | 'parameters: {mountOptions: nodatacow}'       | false
          """)
  void readsNodatacow(String provisioner, String more, String nocow) {
    World world = world(provisioner, "", more);
    assertEquals(nocow, World.text(claim(world, "fs"), Field.STORAGE_NOCOW_OPTION));
    assertEquals(nocow, World.text(world.storage("s"), Field.STORAGE_NOCOW_OPTION));
  }

  @Test
  void readsTheConfigurationOfOpenebsHostpath() {
    String annotated =
        """
        metadata:
          name: s
          annotations:
            cas.openebs.io/config: |
              - name: StorageType
                value: "hostpath"
              - name: BasePath
                value: "/var/local-hostpath"
        """;
    World world =
        World.of(
            claims()
                + "---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\n"
                + annotated
                + "provisioner: openebs.io/local\n");
    assertEquals("/var/local-hostpath", World.text(claim(world, "fs"), Field.STORAGE_PATH));
  }

  @Test
  void aClassIsJudgedWhereTheFactsSayThatItMakesItsVolumes() {
    World world =
        world("rancher.io/local-path", "", "")
            .withFacts(
                """
                kernel: {release: 6.8.0}
                filesystems:
                  - mountPoint: /srv
                    type: btrfs
                    options: [rw]
                    btrfs: {dataProfiles: [raid1]}
                storageClasses: [{name: s, path: /srv/local}]
                """);
    Values values = world.storage("s");
    assertEquals("btrfs", World.text(values, Field.STORAGE_FILESYSTEM));
    assertEquals("/srv/local", World.text(values, Field.STORAGE_PATH));
    assertEquals("true", World.text(values, Field.STORAGE_CHECKSUMS));
    assertEquals("inPlace", World.text(values, Field.STORAGE_DIRECT_WRITES));
    assertEquals("true", World.text(values, Field.STORAGE_DIRECT_BY_DEFAULT));
    assertEquals("btrfs", World.text(claim(world, "fs"), Field.STORAGE_FILESYSTEM));
  }

  @Test
  void aNewDatasetInheritsFromItsPool() {
    World world =
        world("zfs.csi.openebs.io", "poolname: tank, fstype: zfs", "")
            .withFacts(
                """
                zfs: {version: 2.3.1}
                zfsPools:
                  - {name: tank, redundancy: mirror, datasets: [{dataset: tank, checksum: "off", direct: standard}]}
                """);
    Values values = claim(world, "fs");
    assertEquals("zfs", World.text(values, Field.STORAGE_FILESYSTEM));
    assertEquals("false", World.text(values, Field.STORAGE_CHECKSUMS));
    assertEquals("true", World.text(values, Field.STORAGE_REDUNDANT));
  }

  private static World world(String provisioner, String parameters, String more) {
    String given = parameters.isEmpty() ? "" : "parameters: {" + parameters + "}\n";
    return World.of(
        claims()
            + "---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: s}\n"
            + "provisioner: "
            + provisioner
            + "\n"
            + given
            + more);
  }

  private static String claims() {
    String claim =
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s}
        spec: {storageClassName: s, volumeMode: %s}
        """;
    return claim.formatted("fs", "Filesystem") + "---\n" + claim.formatted("raw", "Block");
  }

  private static Values claim(World world, String name) {
    return world.volume("kubernetes-claim " + name + "/" + name);
  }

  private static String place(World world, String name, boolean withPath) {
    var volume =
        world.files().get(0).guests().stream()
            .filter(it -> it.guest().id().equals(name))
            .findFirst()
            .orElseThrow()
            .guest()
            .volumes()
            .get(0);
    Placement placement = PlacementOptions.get(volume.options());
    Stream<String> words =
        Stream.of(
            placement.access().ifKnown().orElse("?"),
            word(placement.filesystem()),
            withPath ? word(placement.path()) : "-",
            placement.device().map(it -> it.kind() + ":" + it.name()).orElse("''"));
    return words.filter(word -> !word.equals("-")).collect(Collectors.joining(" "));
  }

  private static String word(dev.policyctl.model.Fact<String> fact) {
    return fact.ifKnown()
        .map(it -> it.isEmpty() ? "''" : it)
        .orElseGet(() -> "?" + fact.whatIsMissing().orElseThrow().field());
  }
}
