package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our hooks in the real pre-commit and git, over a repository of several hundred configurations.
 * Needs Debian's pre-commit and git; skipped where one is missing.
 */
class PreCommitTest {
  private static final int GUESTS = 400;
  private static final String STORAGES = "dir: tank\n\tpath /mnt/tank\n\tcontent images\n";
  private static final String SAFE = "cores: 2\nscsi0: tank:%1$d/a.raw,cache=writeback\n";
  private static final String DIRECT = "cores: 2\nscsi0: tank:%1$d/a.raw,cache=none\n";

  @TempDir Path temporary;
  private Path hooks;
  private Path repository;

  private record Done(int exit, String out) {}

  @BeforeEach
  void makeRepositories() throws Exception {
    repository = Files.createDirectories(temporary.resolve("guests"));
    hooks = Files.createDirectories(temporary.resolve("hooks"));
    ProgramScript.write(temporary.resolve("bin/policyctl"));
    ProgramScript.write(hooks.resolve("policyctl"));
    Files.copy(Path.of(".pre-commit-hooks.yaml"), hooks.resolve(".pre-commit-hooks.yaml"));
    for (Path each : List.of(hooks, repository)) {
      git(each, "init", "-q");
    }
    git(hooks, "add", "-A");
    git(hooks, "commit", "-q", "-m", "Hooks");
    write("pve/storage.cfg", STORAGES);
    write("facts/pve1.yaml", TestWorld.FACTS);
    write(
        ".policyctl.yaml",
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: Configuration
        spec: {facts: [facts/], storageCfg: pve/storage.cfg}
        """);
    write(".github/workflow.yaml", "on: push\n");
    for (int id = 100; id < 100 + GUESTS; id++) {
      write(guest(id), SAFE.formatted(id));
    }
  }

  private static String guest(int id) {
    return "pve/nodes/pve1/qemu-server/" + id + ".conf";
  }

  private void write(String name, String text) throws IOException {
    Path file = repository.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void use(String hook) throws Exception {
    String revision = git(hooks, "rev-parse", "HEAD").out().strip();
    write(
        ".pre-commit-config.yaml",
        "repos: [{repo: %s, rev: %s, hooks: [{id: %s}]}]\n".formatted(hooks, revision, hook));
    assertEquals(0, run(repository, "pre-commit", "install").exit());
  }

  private Done git(Path directory, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return run(directory, command.toArray(String[]::new));
  }

  private Done commit() throws Exception {
    assertEquals(0, git(repository, "add", "-A").exit());
    return git(repository, "commit", "-m", "A change");
  }

  private Done run(Path directory, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("PRE_COMMIT_HOME", temporary.resolve("cache").toString());
    builder.environment().put("HOME", temporary.toString());
    builder.environment().merge("PATH", temporary + "/bin:", (path, bin) -> bin + path);
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      builder.environment().put("GIT_" + who + "_NAME", "A person");
      builder.environment().put("GIT_" + who + "_EMAIL", "person@example.org");
    }
    try {
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Done(process.waitFor(), out);
    } catch (IOException e) {
      assumeTrue(false, "`" + command[0] + "` cannot be run: " + e.getMessage());
      throw e;
    }
  }

  @Test
  void judgesWhatACommitChangesAndAllWhereItsContextChanges() throws Exception {
    use("policyctl-lint");
    Done clean = commit();
    assertEquals(0, clean.exit(), clean.out());
    assertTrue(clean.out().contains("Passed"), clean.out());

    write(guest(137), DIRECT.formatted(137));
    Done dangerous = commit();
    assertEquals(1, dangerous.exit(), dangerous.out());
    assertTrue(
        dangerous.out().contains(guest(137) + ":2:23: error: [direct-io-on-checksummed-data]"),
        dangerous.out());
    assertTrue(dangerous.out().contains("1 file, 1 guest, 1 volume: 1 failure"), dangerous.out());
    git(repository, "commit", "--no-verify", "-m", "Dangerous");

    write(guest(138), SAFE.formatted(138) + "memory: 2048\n");
    Done other = commit();
    assertEquals(0, other.exit(), "what was there before does not count: " + other.out());

    write("README.conf", "no definition\n");
    Done foreign = commit();
    assertEquals(0, foreign.exit(), foreign.out());

    write("pve/storage.cfg", STORAGES + "\nnfs: nas\n\tserver a\n\texport /b\n");
    Done context = commit();
    assertEquals(1, context.exit(), context.out());
    assertTrue(context.out().contains(guest(137)), context.out());
    assertTrue(context.out().contains(GUESTS + " guests"), context.out());
  }

  @Test
  void changedFactsMakeEveryGuestCount() throws Exception {
    write("facts/pve1.yaml", TestWorld.FACTS.replace("6.1.0-9-amd64", "99.0.0"));
    write(guest(101), DIRECT.formatted(101));
    use("policyctl-lint");
    Done before = commit();
    assertEquals(0, before.exit(), before.out());

    write("facts/pve1.yaml", TestWorld.FACTS);
    Done after = commit();
    assertEquals(1, after.exit(), after.out());
    assertTrue(after.out().contains(guest(101)), after.out());
    assertFalse(after.out().contains(guest(102)), after.out());
  }

  @Test
  void fixChangesTheFileAndFailsTheCommitOnce() throws Exception {
    use("policyctl-fix-built");
    Done clean = commit();
    assertEquals(0, clean.exit(), clean.out());
    write(guest(137), DIRECT.formatted(137));
    Done first = commit();
    assertEquals(1, first.exit(), first.out());
    assertTrue(first.out().contains("files were modified by this hook"), first.out());
    assertTrue(first.out().contains("fixed 1 finding in 1 file"), first.out());
    assertEquals(SAFE.formatted(137), Files.readString(repository.resolve(guest(137))));

    write(guest(138), SAFE.formatted(138) + "memory: 1024\n");
    Done second = commit();
    assertEquals(0, second.exit(), second.out());
  }
}
