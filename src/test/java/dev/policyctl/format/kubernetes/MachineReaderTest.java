package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineReaderTest {
  private static final String CLAIMS =
      """
      {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: files}, spec: {storageClassName: s}}
      ---
      {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: raw}, spec: {storageClassName: s, volumeMode: Block}}
      ---
      {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: local}, spec: {volumeName: v}}
      ---
      {apiVersion: v1, kind: PersistentVolume, metadata: {name: v}, spec: {local: {path: /mnt/v}}}
      ---
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: s}
      provisioner: topolvm.io
      parameters: {csi.storage.k8s.io/fstype: btrfs}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # volume                                          | role   | access | path            | format | transient, read-only | direct
          'persistentVolumeClaim: {claimName: files}'       | disk   | file   | ''              | raw    | false false | true
          'persistentVolumeClaim: {claimName: raw}'         | disk   | block  | ''              | raw    | false false | true
          'persistentVolumeClaim: {claimName: local}'       | disk   | file   | /mnt/v/disk.img | raw    | false false | ?storage.filesystem of v
          'persistentVolumeClaim: {claimName: files, readOnly: true}' | disk | file | ''       | raw    | false true  | true
          'persistentVolumeClaim: {claimName: raw, hotpluggable: true}' | disk | block | ''    | raw    | false false | true
          'persistentVolumeClaim: {claimName: gone}'        | disk   | ?storage.type of gone | ?storage.type of gone | raw | false false | ?storage.type of gone
          'dataVolume: {name: files}'                       | disk   | file   | ''              | raw    | false false | true
          'dataVolume: {name: templated}'                   | disk   | file   | ''              | raw    | false false | true
          'hostDisk: {path: /srv/a.img, type: Disk}'        | disk   | file   | /srv/a.img      | raw    | false false | ?storage.filesystem of /srv/a.img
          'containerDisk: {image: x}'                       | disk   | file   | ?storage.path of emptyDir | qcow2 | true false | ?storage.path of emptyDir
          'ephemeral: {persistentVolumeClaim: {claimName: files}}' | disk | file | ?storage.path of emptyDir | qcow2 | true false | ?storage.path of emptyDir
          'emptyDisk: {capacity: 1Gi}'                      | disk   | file   | ?storage.path of emptyDir | qcow2 | true false | ?storage.path of emptyDir
          'cloudInitNoCloud: {userData: x}'                 | cloudinit | file | ?storage.path of emptyDir | raw | true false | ?storage.path of emptyDir
          'cloudInitConfigDrive: {userData: x}'             | cloudinit | file | ?storage.path of emptyDir | raw | true false | ?storage.path of emptyDir
          'configMap: {name: x}'                            | cloudinit | file | ?storage.path of emptyDir | raw | true false | ?storage.path of emptyDir
          'sysprep: {secret: {name: x}}'                    | cloudinit | file | ?storage.path of emptyDir | raw | true false | ?storage.path of emptyDir
          'somethingElse: {}'                               | disk   | ?storage.type of d | ?storage.type of d | ?storage.type of d | false false | ?storage.type of d
          """)
  void readsSources(
      String volume,
      String role,
      String access,
      String path,
      String format,
      String flags,
      String direct) {
    Values values = World.of(machine(volume, "disk: {}"), CLAIMS).volume("kubevirt-vm vm/d");
    assertEquals(role, World.text(values, Field.VOLUME_ROLE));
    assertEquals(access, World.text(values, Field.STORAGE_ACCESS));
    assertEquals(path, World.text(values, Field.STORAGE_PATH));
    assertEquals(format, World.text(values, Field.VOLUME_FORMAT));
    assertEquals(
        flags,
        World.text(values, Field.VOLUME_TRANSIENT)
            + " "
            + World.text(values, Field.VOLUME_READ_ONLY));
    assertEquals(direct, World.text(values, Field.VOLUME_IO_DIRECT));
  }

  @Test
  void anOverlayIsNotSettledByKubeletsDirectoryAlone() {
    World world =
        World.of(machine("containerDisk: {image: x}", "disk: {}"))
            .withFacts(
                """
                filesystems: [{mountPoint: /, type: btrfs, options: [rw]}]
                storageClasses: [{name: emptyDir, path: /var/lib/kubelet}]
                """);
    Values values = world.volume("kubevirt-vm vm/d");
    assertEquals("btrfs", World.text(values, Field.STORAGE_FILESYSTEM));
    assertEquals("?volume.io.direct of d", World.text(values, Field.VOLUME_IO_DIRECT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          disk: {}                                | disk  | false false
          'disk: {readonly: true}'                | disk  | true false
          'disk: {bus: virtio}, shareable: true'  | disk  | false true
          'lun: {readonly: true}'                 | disk  | true false
          cdrom: {}                               | cdrom | false false
          """)
  void readsDevices(String disk, String role, String flags) {
    Values values =
        World.of(machine("hostDisk: {path: /a}", disk), CLAIMS).volume("kubevirt-vm vm/d");
    assertEquals(role, World.text(values, Field.VOLUME_ROLE));
    assertEquals(
        flags,
        World.text(values, Field.VOLUME_READ_ONLY) + " " + World.text(values, Field.VOLUME_SHARED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kubevirt.io/v1            | VirtualMachine                   | template: {spec: SPEC}
          kubevirt.io/v1alpha3      | VirtualMachine                   | template: {spec: SPEC}
          kubevirt.io/v1            | VirtualMachineInstanceReplicaSet | template: {spec: SPEC}
          pool.kubevirt.io/v1beta1  | VirtualMachinePool               | 'virtualMachineTemplate: {spec: {template: {spec: SPEC}}}'
          pool.kubevirt.io/v1alpha1 | VirtualMachinePool               | 'virtualMachineTemplate: {spec: {template: {spec: SPEC}}}'
          """)
  void findsDisksOfEveryKind(String version, String kind, String spec) {
    String machine =
        "apiVersion: %s\nkind: %s\nmetadata: {name: m, namespace: n}\nspec: {%s}\n"
            .formatted(
                version,
                kind,
                spec.replace(
                    "SPEC",
                    "{domain: {devices: {disks: [{name: d}]}}, volumes: [{name: d, emptyDisk: {}}]}"));
    assertEquals(List.of("kubevirt-vm n/m: d"), World.of(machine).guests());
  }

  @ParameterizedTest
  @CsvSource({
    "vmoperator.vmware.com/v1alpha1, VirtualMachine",
    "kubevirt.io/v1, KubeVirt",
    "v1, Service",
    "'', VirtualMachine"
  })
  void passesOverOtherKinds(String version, String kind) {
    World world = World.of("apiVersion: " + version + "\nkind: " + kind + "\nspec: {template: 1}");
    assertEquals(List.of(), world.guests());
    assertEquals(List.of(), world.problems());
  }

  @Test
  void aVolumeWithoutADiskGetsOne() {
    World world =
        World.of(
            """
            apiVersion: kubevirt.io/v1
            kind: VirtualMachine
            metadata: {name: vm}
            spec:
              template:
                spec:
                  volumes:
                    - {name: root, hostDisk: {path: /a}}
                    - {name: dump, memoryDump: {claimName: x}}
            """);
    assertEquals(List.of("kubevirt-vm vm: root"), world.guests());
  }

  @Test
  void aDirectoryIsSharedWithoutDirectIo() {
    World world =
        World.of(
            """
            apiVersion: kubevirt.io/v1
            kind: VirtualMachineInstance
            metadata: {name: vm}
            spec:
              domain: {devices: {filesystems: [{name: share, virtiofs: {}}]}}
              volumes: [{name: share, persistentVolumeClaim: {claimName: local}}]
            """,
            CLAIMS);
    Values values = world.volume("kubevirt-vm vm/share");
    assertEquals("filesystem", World.text(values, Field.VOLUME_ROLE));
    assertEquals("process", World.text(values, Field.VOLUME_IO_OPENER));
    assertEquals("false", World.text(values, Field.VOLUME_IO_DIRECT));
    assertEquals("false", World.text(values, Field.VOLUME_IO_POSSIBLE));
    assertEquals("/mnt/v", World.text(values, Field.STORAGE_PATH));
  }

  @Test
  void aHotpluggedVolumeIsPending() {
    World world =
        World.of(
            machine("emptyDisk: {}", "disk: {}")
                + """
                status:
                  volumeRequests:
                    - addVolumeOptions:
                        name: more
                        disk: {cache: none, disk: {bus: scsi}}
                        volumeSource: {persistentVolumeClaim: {claimName: files}}
                    - removeVolumeOptions: {name: d}
                """,
            CLAIMS);
    assertEquals("kubevirt-vm vm: d more", world.guests().get(0));
    Values values = world.volume("kubevirt-vm vm/more");
    assertEquals(DeclaredVolume.PENDING, World.text(values, Field.VOLUME_SECTION));
    assertEquals("true", World.text(values, Field.VOLUME_IO_DIRECT));
    assertEquals("btrfs", World.text(values, Field.STORAGE_FILESYSTEM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'nodeSelector: {kubernetes.io/hostname: n1}'                                      | @n1
          'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [n1]}]}]}}}' | @n1
          'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: NotIn, values: [n1]}]}]}}}' | ''
          'nodeSelector: {disk: fast}'                                                      | ''
          """)
  void namesItsNode(String placement, String host) {
    String machine =
        "apiVersion: kubevirt.io/v1\nkind: VirtualMachineInstance\nmetadata: {name: vm}\nspec: {"
            + placement
            + "}\n";
    assertEquals(List.of("kubevirt-vm vm" + host + ":"), World.of(machine).guests());
  }

  @Test
  void aHookSidecarIsABypass() {
    World world =
        World.of(
            """
            apiVersion: kubevirt.io/v1
            kind: VirtualMachine
            metadata: {name: vm}
            spec:
              template:
                metadata: {annotations: {hooks.kubevirt.io/hookSidecars: '[{"image": "x"}]'}}
            """);
    ParsedGuest guest = world.files().get(0).guests().get(0);
    assertEquals(List.of("hooks.kubevirt.io/hookSidecars"), guest.guest().bypasses());
    assertEquals(
        "hooks.kubevirt.io/hookSidecars: '[{\"image\": \"x\"}]'",
        world
            .files()
            .get(0)
            .source()
            .slice(guest.positions().field(Field.GUEST_BYPASSES).orElseThrow()));
  }

  @Test
  void aPreferredClassIsThatOfDataVolumesWithoutOne() {
    String machine =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: vm}
        spec:
          preference: {name: PREFERENCE}
          dataVolumeTemplates: [{metadata: {name: root}, spec: {pvc: {}}}]
          template: {spec: {volumes: [{name: d, dataVolume: {name: root}}]}}
        ---
        apiVersion: instancetype.kubevirt.io/v1beta1
        kind: VirtualMachineClusterPreference
        metadata: {name: known}
        spec: {volumes: {preferredStorageClassName: s}}
        """;
    Values known =
        World.of(machine.replace("PREFERENCE", "known"), CLAIMS).volume("kubevirt-vm vm/d");
    assertEquals("s", World.text(known, Field.STORAGE_ID));
    Values gone =
        World.of(machine.replace("PREFERENCE", "gone"), CLAIMS).volume("kubevirt-vm vm/d");
    assertEquals("?volume.cache of gone", World.text(gone, Field.STORAGE_TYPE));
  }

  private static String machine(String volume, String disk) {
    return """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: vm}
        spec:
          dataVolumeTemplates:
            - {metadata: {name: templated}, spec: {pvc: {storageClassName: s}}}
          template:
            spec:
              domain: {devices: {disks: [{name: d, DISK}]}}
              volumes: [{name: d, VOLUME}]
        """
        .replace("DISK", disk)
        .replace("VOLUME", volume);
  }
}
