package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lint --changed} without git and pre-commit. */
class ChangedFilesTest {
  private static final String CLAIM =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: %s}
      spec: {storageClassName: fast, accessModes: [ReadWriteOnce]}
      """;

  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  private Cli.Result lint(String... paths) throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    String[] arguments = new String[paths.length + 4];
    arguments[0] = "lint";
    arguments[1] = "--changed";
    arguments[2] = "--format";
    arguments[3] = "json";
    System.arraycopy(paths, 0, arguments, 4, paths.length);
    return Cli.run(arguments);
  }

  @Test
  void aClaimIsReadWithTheClassThatDidNotChange() throws IOException {
    String claim = write("claims/one.yaml", CLAIM.formatted("one"));
    write("claims/two.yaml", CLAIM.formatted("two"));
    String withoutClass = lint(claim).out();
    assertFalse(withoutClass.contains("`kubernetes.io/aws-ebs`"), withoutClass);
    String storageClass =
        write(
            "classes/fast.yaml",
            """
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: fast}
            provisioner: kubernetes.io/aws-ebs
            """);

    String one = lint(claim).out();
    assertTrue(one.contains("`kubernetes.io/aws-ebs`"), one);
    assertTrue(one.contains("\"files\" : 1"), one);
    String all = lint(storageClass).out();
    assertTrue(all.contains("\"files\" : 3"), all);
  }

  @Test
  void whatIsNoDefinitionOrExcludedIsPassedBy() throws IOException {
    String excluded = write("attic/qemu-server/100.conf", "scsi0: nonsense\n");
    write(
        ".policyctl.yaml",
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: Configuration
        spec: {exclude: ["attic/**"]}
        """);
    String ignored = write("qemu-server/101.conf", "scsi0: none:1,aio=nativ\n");
    write(".gitignore", "101.conf\n");
    assertEquals(0, lint(write("notes.conf", "nothing of ours\n"), excluded).exit());
    Cli.Result named = lint(ignored);
    assertEquals(2, named.exit(), "git knows it, though it ignores such files: " + named.out());
  }

  @Test
  void saysWhatItTakes() throws IOException {
    Cli.Result directory = lint(folder.toString());
    assertEquals(2, directory.exit());
    assertTrue(directory.err().contains("`--changed` takes files"), directory.err());
    Cli.Result missing = lint(folder.resolve("gone.conf").toString());
    assertEquals(2, missing.exit());
    assertTrue(missing.out().contains("no such file"), missing.out());
    Files.delete(folder.resolve(".git"));
    String file = write("100.conf", "cores: 1\n");
    Cli.Result outside = Cli.run("lint", "--changed", file);
    assertEquals(2, outside.exit());
    assertTrue(outside.err().contains("lies in no repository"), outside.err());
  }
}
