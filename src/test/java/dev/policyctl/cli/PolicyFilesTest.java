package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.policy.Policy;
import dev.policyctl.policy.Target;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyFilesTest {
  @TempDir Path folder;

  private static String policy(String name, String expression) {
    return """
    apiVersion: policyctl.dev/v1alpha1
    kind: StoragePolicy
    metadata: {name: %s}
    spec: {title: Own, severity: info, target: guest, validations: [{expression: %s}]}
    """
        .formatted(name, expression);
  }

  @Test
  void bundlesEveryFolderOfPolicies() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("policies"))) {
      assertEquals(
          folders.map(path -> path.getFileName().toString()).sorted().toList(),
          PolicyFiles.load(List.of()).policies().all().stream().map(Policy::name).toList());
    }
  }

  @Test
  void readsFilesAndFoldersOfADirectoryAndLetsTheUsersReplaceABundledOne() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), policy("own-a", "guest.id != ''"));
    Files.createDirectory(folder.resolve("own-b"));
    Files.writeString(folder.resolve("own-b/policy.yaml"), policy("own-b", "guest.id != ''"));
    Files.writeString(folder.resolve("c.yaml"), policy("unsafe-cache", "guest.id != ''"));
    Files.writeString(folder.resolve(".hidden.yaml"), "no policy");
    Files.writeString(folder.resolve("README.md"), "no policy");
    PolicyFiles.Loaded loaded = PolicyFiles.load(List.of(folder));
    assertEquals(List.of(), loaded.problems());
    assertEquals(
        List.of("hypervisor-arguments-bypass", "own-a", "own-b", "unsafe-cache"),
        loaded.policies().forTarget(Target.GUEST).stream().map(p -> p.policy().name()).toList());
    assertEquals("Own", loaded.policies().find("unsafe-cache").orElseThrow().title());
  }

  @Test
  void tellsOfBrokenExpressionsAtOnceAndLeavesThePolicyOut() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), policy("own", "guest.nme == ''"));
    PolicyFiles.Loaded loaded = PolicyFiles.load(List.of(file));
    assertEquals(
        List.of("`validations[0].expression`: undefined field 'nme'"),
        loaded.problems().stream().map(Problem::message).toList());
    assertEquals(1, loaded.policies().forTarget(Target.GUEST).size());
  }

  @Test
  void tellsOfTwoPoliciesOfOneName() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), policy("own", "true == true"));
    Files.writeString(folder.resolve("b.yaml"), policy("own", "true == true"));
    PolicyFiles.Loaded loaded = PolicyFiles.load(List.of(folder));
    assertEquals(
        List.of("policy `own` is defined twice"),
        loaded.problems().stream().map(Problem::message).toList());
  }

  @Test
  void tellsOfWhatHoldsNoPolicyOrCannotBeRead() {
    List<Problem> problems = PolicyFiles.load(List.of(folder, folder.resolve("none"))).problems();
    assertEquals("holds no policy", problems.get(0).message());
    assertTrue(problems.get(1).message().startsWith("cannot be read"), problems.toString());
    assertEquals(2, problems.size());
  }
}
