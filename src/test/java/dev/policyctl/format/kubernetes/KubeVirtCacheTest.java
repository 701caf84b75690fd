package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeVirtCacheTest {
  private static final String VM =
      """
      apiVersion: kubevirt.io/v1
      kind: VirtualMachine
      metadata: {name: vm}
      spec:
        PREFERENCE
        template:
          spec:
            domain:
              devices:
                disks:
                  - {name: d, DISK}
            volumes:
              - {name: d, persistentVolumeClaim: {claimName: c}}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: c}
      spec: {storageClassName: s, volumeMode: MODE}
      ---
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: s}
      provisioner: topolvm.io
      parameters: {csi.storage.k8s.io/fstype: FS}
      ---
      apiVersion: instancetype.kubevirt.io/v1beta1
      kind: VirtualMachineClusterPreference
      metadata: {name: buffered}
      spec: {devices: {preferredDiskCache: writeback, preferredDiskIO: threads}}
      ---
      apiVersion: instancetype.kubevirt.io/v1beta1
      kind: VirtualMachineClusterPreference
      metadata: {name: native}
      spec: {devices: {preferredDiskIO: native}}
      ---
      apiVersion: instancetype.kubevirt.io/v1beta1
      kind: VirtualMachinePreference
      metadata: {name: direct}
      spec: {devices: {preferredDiskCache: none}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # disk                                | fs    | mode       | direct | aio accepted
          disk: {}                              | btrfs | Filesystem | true   | true
          disk: {}                              | zfs   | Filesystem | true   | true
          disk: {}                              | xfs   | Filesystem | true   | true
          disk: {}                              | tmpfs | Filesystem | ?host.kernel of host | true
          disk: {}                              | fuse  | Filesystem | ?storage.directWrites of s | true
          disk: {}                              | ''    | Filesystem | ?storage.filesystem of s | true
          disk: {}                              | ''    | Block      | true   | true
          cdrom: {}                             | btrfs | Filesystem | true   | true
          lun: {}                               | ''    | Block      | true   | true
          'disk: {}, cache: none'               | btrfs | Filesystem | true   | true
          'disk: {}, cache: none'               | ''    | Filesystem | true   | true
          'disk: {}, cache: writethrough'       | btrfs | Filesystem | false  | true
          'disk: {}, cache: writeback'          | btrfs | Filesystem | false  | true
          'disk: {}, cache: writeback'          | ''    | Block      | false  | true
          'disk: {}, cache: directsync'         | btrfs | Filesystem | ?volume.cache of d | true
          'disk: {}, shareable: true'           | fuse  | Filesystem | true   | true
          'disk: {}, shareable: true, cache: writeback' | btrfs | Filesystem | false | true
          'disk: {}, io: native'                | btrfs | Filesystem | true   | true
          'disk: {}, io: native, cache: none'   | btrfs | Filesystem | true   | true
          'disk: {}, io: native, cache: writeback' | btrfs | Filesystem | false | false
          'disk: {}, io: native'                | ''    | Filesystem | ?storage.filesystem of s | ?storage.filesystem of s
          'disk: {}, io: threads, cache: writeback' | btrfs | Filesystem | false | true
          'disk: {}, io: default'               | btrfs | Filesystem | true   | false
          """)
  void cacheAndIo(String disk, String filesystem, String mode, String direct, String aio) {
    Values values = resolve("", disk, filesystem, mode);
    assertEquals(direct, World.text(values, Field.VOLUME_IO_DIRECT));
    assertEquals(aio, World.text(values, Field.VOLUME_AIO_ACCEPTED));
    assertEquals("hypervisor", World.text(values, Field.VOLUME_IO_OPENER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name: buffered}                                | disk: {}               | false | true
          {name: buffered}                                | 'disk: {}, cache: none' | true | true
          {name: buffered}                                | 'name: d'              | false | true
          {name: buffered}                                | cdrom: {}              | true  | true
          {name: buffered}                                | lun: {}                | true  | true
          {name: buffered}                                | 'disk: {}, shareable: true' | true | true
          {name: native}                                  | 'disk: {}, cache: writeback' | false | false
          {name: native}                                  | disk: {}               | true  | true
          {name: direct, kind: VirtualMachinePreference}  | disk: {}               | true  | true
          {name: direct}                                  | disk: {}               | ?volume.cache of direct | ?volume.cache of direct
          {inferFromVolume: d}                            | disk: {}               | ?volume.cache of vm | ?volume.cache of vm
          """)
  void preferencesFillWhatADiskLeavesOpen(
      String preference, String disk, String direct, String aio) {
    Values values = resolve("preference: " + preference, disk, "btrfs", "Filesystem");
    assertEquals(direct, World.text(values, Field.VOLUME_IO_DIRECT));
    assertEquals(aio, World.text(values, Field.VOLUME_AIO_ACCEPTED));
  }

  @Test
  void fallsBackWhereTheFileSystemRefuses() {
    World world =
        World.of(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstance
                metadata: {name: vm}
                spec:
                  domain: {devices: {disks: [{name: d, disk: {}}, {name: e, disk: {}, cache: none}]}}
                  volumes:
                    - {name: d, hostDisk: {path: /run/vm/disk.img}}
                    - {name: e, hostDisk: {path: /run/vm/other.img}}
                """)
            .withFacts(
                "kernel: {release: 6.1.0}\nfilesystems: [{mountPoint: /run, type: tmpfs}]\n");
    Values unset = world.volume("kubevirt-vm vm/d");
    assertEquals("refused", World.text(unset, Field.STORAGE_DIRECT_WRITES));
    assertEquals("false", World.text(unset, Field.VOLUME_IO_DIRECT));
    assertEquals("true", World.text(world.volume("kubevirt-vm vm/e"), Field.VOLUME_IO_DIRECT));
  }

  @Test
  void tellsWhyAnUnsetCacheIsDirect() {
    assertEquals(
        "`cache` is not set: virt-launcher tries O_DIRECT, which btrfs accepts",
        World.because(resolve("", "disk: {}", "btrfs", "Filesystem"), Field.VOLUME_IO_DIRECT));
    assertEquals(
        "VirtualMachineClusterPreference `buffered` says `preferredDiskCache: writeback`;"
            + " `writeback` goes through the page cache",
        World.because(
            resolve("preference: {name: buffered}", "disk: {}", "btrfs", "Filesystem"),
            Field.VOLUME_IO_DIRECT));
  }

  private static Values resolve(String preference, String disk, String filesystem, String mode) {
    String text =
        VM.replace("PREFERENCE", preference)
            .replace("DISK", disk)
            .replace("MODE", mode)
            .replace("{csi.storage.k8s.io/fstype: FS}", parameters(filesystem));
    return World.of(text).volume("kubevirt-vm vm/d");
  }

  private static String parameters(String filesystem) {
    return filesystem.isEmpty() ? "{}" : "{csi.storage.k8s.io/fstype: " + filesystem + "}";
  }
}
