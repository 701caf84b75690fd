package dev.policyctl.cli;

/** A storage definition and a host for tests that lint whole folders. */
final class TestWorld {
  /** What lies on {@code tank} has checksums; {@code plain} opens with O_DIRECT by its option. */
  static final String STORAGES =
      """
      dir: tank
      \tpath /mnt/tank
      \tcontent iso

      btrfs: plain
      \tpath /srv/plain
      \tnocow 1
      """;

  static final String FACTS =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: HostFacts
      metadata: {name: pve1}
      spec:
        kernel: {release: 6.1.0-9-amd64}
        filesystems:
          - mountPoint: /
            source: /dev/sda1
            type: btrfs
            options: [rw]
            btrfs: {dataProfiles: [raid1], metadataProfiles: [raid1], devices: 2}
            below: [{name: sda1, kind: partition}]
      """;

  private TestWorld() {}
}
