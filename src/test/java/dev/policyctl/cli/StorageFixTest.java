package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lint --fix} gives storage definitions of every family their copy-on-write back. */
final class StorageFixTest {
  private static final String FACTS =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: HostFacts
      metadata: {name: host1}
      spec:
        kernel: {release: 6.17.0}
        filesystems:
          - mountPoint: /srv/data
            type: btrfs
            options: [rw]
            btrfs: {dataProfiles: [raid1]}
            below: []
        storageClasses:
          - {name: by-hand, path: /srv/data/by-hand}
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeFacts() throws IOException {
    Files.writeString(folder.resolve("facts.yaml"), FACTS);
  }

  @Test
  void dropsNocowOfProxmox() throws IOException {
    String text = "btrfs: data\n\tpath /srv/data\n\tcontent images\n\tnocow 1\n";
    assertFixed("storage.cfg", text, text.replace("\tnocow 1\n", ""));
  }

  @Test
  void keepsCopyOnWriteOfLibvirtPool() throws IOException {
    String text =
        """
        <pool type='dir'>
          <name>data</name>
          <features><cow state='no'/></features>
          <target><path>/srv/data</path></target>
        </pool>
        """;
    assertFixed("data.xml", text, text.replace("state='no'", "state='yes'"));
  }

  @Test
  void dropsNocowOfLibvirtVolume() throws IOException {
    String text =
        """
        <volume>
          <name>a.raw</name>
          <target>
            <path>/srv/data/a.raw</path>
            <nocow/>
          </target>
        </volume>
        """;
    assertFixed("a.xml", text, text.replace("    <nocow/>\n", ""));
  }

  @Test
  void dropsMountOptionOfStorageClass() throws IOException {
    String text =
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: by-hand}
        provisioner: kubernetes.io/no-provisioner
        mountOptions:
          - noatime
          - nodatacow
        """;
    assertFixed("class.yaml", text, text.replace("  - nodatacow\n", ""));
  }

  private void assertFixed(String name, String before, String after) throws IOException {
    Path file = Files.writeString(folder.resolve(name), before);
    Cli.Result result = Cli.run("lint", "--fix", folder.toString());
    assertEquals(after, Files.readString(file), () -> result.out() + result.err());
  }
}
