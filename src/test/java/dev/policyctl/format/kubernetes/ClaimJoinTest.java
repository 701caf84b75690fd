package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimJoinTest {
  private static final String CLASSES =
      """
      apiVersion: v1
      kind: List
      items:
        - {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: nfs}, provisioner: nfs.csi.k8s.io}
        - apiVersion: storage.k8s.io/v1
          kind: StorageClass
          metadata: {name: xfs, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
          provisioner: topolvm.io
          parameters: {csi.storage.k8s.io/fstype: xfs}
        - apiVersion: storage.k8s.io/v1
          kind: StorageClass
          metadata: {name: btrfs, annotations: {storageclass.kubevirt.io/is-default-virt-class: "true"}}
          provisioner: topolvm.io
          parameters: {csi.storage.k8s.io/fstype: btrfs}
      """;

  private static final String PROFILES =
      """
      apiVersion: cdi.kubevirt.io/v1beta1
      kind: StorageProfile
      metadata: {name: btrfs}
      spec: {claimPropertySets: [{accessModes: [ReadWriteOnce], volumeMode: Block}]}
      status:
        claimPropertySets:
          - {accessModes: [ReadWriteMany], volumeMode: Block}
          - {accessModes: [ReadWriteOnce], volumeMode: Filesystem}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PersistentVolumeClaim | {storageClassName: nfs}                      | file  | nfs
          PersistentVolumeClaim | {storageClassName: btrfs}                    | file  | btrfs
          PersistentVolumeClaim | {storageClassName: btrfs, volumeMode: Block} | block | ''
          PersistentVolumeClaim | {}                                           | file  | xfs
          PersistentVolumeClaim | {storageClassName: null}                     | file  | xfs
          PersistentVolumeClaim | {storageClassName: gone}                     | file  | ?storage.type of gone
          PersistentVolumeClaim | {storageClassName: ""}                       | file  | ?storage.type of c
          DataVolume            | {pvc: {storageClassName: btrfs}}             | file  | btrfs
          DataVolume            | {pvc: {}}                                    | file  | btrfs
          DataVolume            | {storage: {volumeMode: Filesystem}}          | file  | btrfs
          DataVolume            | {storage: {}}                                | block | ''
          DataVolume            | {storage: {accessModes: [ReadWriteOnce]}}    | file  | btrfs
          DataVolume            | {storage: {accessModes: [ReadWriteMany]}}    | block | ''
          DataVolume            | {storage: {storageClassName: nfs}}           | file  | nfs
          DataVolume            | {storage: {storageClassName: xfs}}           | ?storage.access of c | ?storage.access of c
          """)
  void followsTheClass(String kind, String spec, String access, String filesystem) {
    String version = kind.equals("DataVolume") ? "cdi.kubevirt.io/v1beta1" : "v1";
    String claim =
        "apiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: c}\nspec: " + spec;
    Values values = World.of(claim, CLASSES, PROFILES).volume("kubernetes-claim c/c");
    assertEquals(access, World.text(values, Field.STORAGE_ACCESS));
    assertEquals(filesystem, World.text(values, Field.STORAGE_FILESYSTEM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'local: {path: /mnt/a}'                        | file  | /mnt/a | ?storage.filesystem of s
          'hostPath: {path: /mnt/a}'                     | file  | /mnt/a | ?storage.filesystem of s
          'local: {path: /dev/sdb, fsType: btrfs}'       | file  | ''     | btrfs
          'local: {path: /dev/sdb}'                      | file  | ''     | ?storage.filesystem of v
          'local: {path: /dev/sdb}, volumeMode: Block'   | block | /dev/sdb | ''
          'local: {path: /dev/zvol/tank/v}, volumeMode: Block' | block | /dev/zvol/tank/v | zfs
          'csi: {driver: topolvm.io, fsType: btrfs}'     | file  | ''     | btrfs
          'csi: {driver: topolvm.io, fsType: btrfs}, volumeMode: Block' | block | '' | ''
          'csi: {driver: zfs.csi.openebs.io, fsType: zfs, volumeHandle: pvc-1, volumeAttributes: {openebs.io/poolname: tank}}' | file | '' | zfs
          'csi: {driver: example.com/x}'                 | file  | ?storage.path of s | ?storage.path of s
          'nfs: {server: s, path: /x}'                   | file  | ''     | nfs
          'iscsi: {targetPortal: x, fsType: btrfs}'      | file  | ''     | btrfs
          'rbd: {image: x, fsType: ext4}'                | file  | ''     | ext4
          'cephfs: {monitors: []}'                       | file  | ''     | ceph
          'quobyte: {volume: x}'                         | file  | ?storage.type of v | ?storage.type of v
          """)
  void followsThePersistentVolume(String source, String access, String path, String filesystem) {
    String volume =
        "apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: v}\nspec: {storageClassName: s, "
            + source
            + "}";
    Values values = World.of(volume).volume("kubernetes-claim v/v");
    assertEquals(access, World.text(values, Field.STORAGE_ACCESS));
    assertEquals(path, World.text(values, Field.STORAGE_PATH));
    assertEquals(filesystem, World.text(values, Field.STORAGE_FILESYSTEM));
  }

  private static final String BOUND =
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata:
        name: v
        annotations: {volume.beta.kubernetes.io/mount-options: "noatime,nodatacow"}
      spec:
        storageClassName: slow
        local: {path: /mnt/tank/v}
        claimRef: {namespace: db, name: data}
        nodeAffinity:
          required:
            nodeSelectorTerms:
              - matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [n1]}]
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name: data, namespace: db}    | {}                  | db/data
          {name: data}                   | {}                  | data
          {name: other, namespace: db}   | {volumeName: v}     | db/other
          """)
  void aClaimAndItsPersistentVolumeAreOneGuest(String metadata, String spec, String id) {
    String claim =
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: " + metadata + "\nspec: " + spec;
    World world = World.of(claim, id.equals("db/other") ? unreserved() : BOUND);
    String key = id.substring(id.indexOf('/') + 1);
    assertEquals(List.of("kubernetes-claim " + id + "@n1: " + key), world.guests());
    Values values = world.volume("kubernetes-claim " + id + "/" + key);
    assertEquals("/mnt/tank/v", World.text(values, Field.STORAGE_PATH));
    assertEquals("true", World.text(values, Field.STORAGE_NOCOW_OPTION));
    assertEquals(
        "`nodatacow` is among the mount options of PersistentVolume `v` in `file1.yaml`",
        World.because(values, Field.STORAGE_NOCOW_OPTION));
  }

  private static String unreserved() {
    return BOUND.replace("  claimRef: {namespace: db, name: data}\n", "");
  }

  @Test
  void aPersistentVolumeOfAnotherNamespacesClaimStaysAlone() {
    String claim =
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: web}\n";
    assertEquals(
        List.of("kubernetes-claim web/data: data", "kubernetes-claim v@n1: v"),
        World.of(claim, BOUND).guests());
  }

  @Test
  void aPersistentVolumeOfSeveralNodesNamesNone() {
    assertEquals(
        List.of("kubernetes-claim v: v"), World.of(BOUND.replace("[n1]", "[n1, n2]")).guests());
  }

  @Test
  void aDataVolumeIsToldByTheClaimThatItMade() {
    String dataVolume =
        """
            apiVersion: cdi.kubevirt.io/v1beta1
            kind: DataVolume
            metadata: {name: c}
            spec: {storage: {}}
            """;
    String claim =
        """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: c}
            spec: {storageClassName: btrfs, volumeMode: Filesystem}
            """;
    World world = World.of(dataVolume, claim, CLASSES);
    assertEquals(List.of("kubernetes-claim c: c"), world.guests());
    assertEquals(
        "btrfs", World.text(world.volume("kubernetes-claim c/c"), Field.STORAGE_FILESYSTEM));
  }

  @Test
  void theFactsNameTheDirectoryOfAClassThatIsNotAmongTheObjects() {
    Values values =
        World.of(
                """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: c}
            spec: {storageClassName: lp}
            """)
            .withFacts(
                "filesystems: [{mountPoint: /, type: xfs}]\nstorageClasses: [{name: lp, path: /x}]")
            .volume("kubernetes-claim c/c");
    assertEquals("xfs", World.text(values, Field.STORAGE_FILESYSTEM));
    assertEquals("?storage.type of lp", World.text(values, Field.STORAGE_TYPE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                       | false | true
          {policyctl.dev/direct-io: "true"}        | true  | true
          {policyctl.dev/direct-io: "false"}       | false | false
          {policyctl.dev/direct-io: "maybe"}       | false | true
          """)
  void anOwnerStatesHowTheFilesAreOpened(String annotations, String direct, String possible) {
    Values values =
        World.of(
                "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c, annotations: "
                    + annotations
                    + "}\nspec: {}\n")
            .volume("kubernetes-claim c/c");
    assertEquals("process", World.text(values, Field.VOLUME_IO_OPENER));
    assertEquals(direct, World.text(values, Field.VOLUME_IO_DIRECT));
    assertEquals(possible, World.text(values, Field.VOLUME_IO_POSSIBLE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          volumes: [{name: d, persistentVolumeClaim: {claimName: c}}] | false
          volumes: [{name: d, dataVolume: {name: c}}]                 | false
          volumes: [{name: d, dataVolume: {name: other}}]             | true
          'domain: {devices: {filesystems: [{name: d, virtiofs: {}}]}}, volumes: [{name: d, persistentVolumeClaim: {claimName: c}}]' | true
          """)
  void howAMachineOpensItsDiskIsToldByTheMachine(String spec, String possible) {
    String machine =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: vm}
        spec: {template: {spec: {SPEC}}}
        """
            .replace("SPEC", spec);
    String claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}";
    Values values = World.of(claim, machine).volume("kubernetes-claim c/c");
    assertEquals(possible, World.text(values, Field.VOLUME_IO_POSSIBLE));
    assertEquals("false", World.text(values, Field.VOLUME_IO_DIRECT));
  }

  @Test
  void whatTheApiServerRefusesIsAProblem() {
    World world =
        World.of(
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: c, annotations: {policyctl.dev/direct-io: on}}
            spec: {storageClassName: yes, accessModes: ReadWriteOnce}
            """);
    assertEquals(
        List.of(
            "3:60 `policyctl.dev/direct-io` must be a string, not a boolean",
            "4:26 `storageClassName` must be a string, not a boolean",
            "4:44 `accessModes` must be a list, not a string"),
        world.problems());
  }

  @Test
  void aClaimThatIsOnlyReadIsNotWritten() {
    String claim =
        """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: c}
            spec: {accessModes: [ReadOnlyMany]}
            """;
    assertEquals(
        "false", World.text(World.of(claim).volume("kubernetes-claim c/c"), Field.VOLUME_WRITTEN));
  }

  @Test
  void aSecondDefaultLeavesTheClassOpen() {
    String second =
        """
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            provisioner: x
            metadata: {name: x, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
            """;
    String claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\n";
    Values values = World.of(claim, CLASSES, second).volume("kubernetes-claim c/c");
    assertEquals("?storage.type of c", World.text(values, Field.STORAGE_TYPE));
    assertTrue(
        values
            .get(Field.STORAGE_TYPE)
            .whatIsMissing()
            .orElseThrow()
            .help()
            .contains("storageClassName"));
  }
}
