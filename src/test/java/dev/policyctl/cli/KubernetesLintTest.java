package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that refer to one another over several files, from the command line to the edit. */
class KubernetesLintTest {
  private static final String MACHINE =
      """
      apiVersion: kubevirt.io/v1
      kind: VirtualMachine
      metadata: {name: db, namespace: prod}
      spec:
        template:
          spec:
            domain:
              devices:
                disks:
                - name: root # the system
                  disk: {bus: virtio}
            volumes:
            - {name: root, persistentVolumeClaim: {claimName: root}}
      """;

  private static final String CLAIM =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: root, namespace: prod}
      spec: {storageClassName: local}
      ---
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: local}
      provisioner: rancher.io/local-path
      """;

  @TempDir private Path folder;

  @Test
  void anUnsetCacheFailsOnTheFileSystemThatTheFactsNameAndIsFixed() throws IOException {
    write("facts.yaml", facts("6.8.0"));
    write("vm.yaml", MACHINE);
    write("storage/claims.yaml", CLAIM);
    Cli.Result found = Cli.run("lint", folder.toString());
    assertEquals(1, found.exit(), found.out() + found.err());
    assertTrue(
        found
            .out()
            .contains(
                "vm.yaml:10:19: error: [direct-io-on-checksummed-data] `root` is written with"
                    + " O_DIRECT onto checksummed btrfs"),
        found.out());
    Cli.run("lint", "--fix", folder.toString());
    assertEquals(
        MACHINE.replace("# the system\n", "# the system\n            cache: writeback\n"),
        Files.readString(folder.resolve("vm.yaml")));
    assertEquals(CLAIM, Files.readString(folder.resolve("storage/claims.yaml")));
  }

  @Test
  void aClassIsFixedBesideTheClaimsThatFollowIt() throws IOException {
    write("facts.yaml", facts("6.17.0"));
    write("claims.yaml", CLAIM + "mountOptions:\n- noatime\n- nodatacow\n");
    Cli.run("lint", "--fix", folder.toString());
    assertEquals(
        CLAIM + "mountOptions:\n- noatime\n", Files.readString(folder.resolve("claims.yaml")));
  }

  private static String facts(String kernel) {
    return """
        apiVersion: policyctl.dev/v1alpha1
        kind: HostFacts
        metadata: {name: n1}
        spec:
          kernel: {release: KERNEL}
          filesystems:
            - {mountPoint: /opt, type: btrfs, options: [rw], btrfs: {dataProfiles: [raid1]}, below: []}
          storageClasses: [{name: local, path: /opt/local}]
        """
        .replace("KERNEL", kernel);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
