package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code policyctl version}, and the machine's own policies that it counts. */
final class VersionCommandTest {
  private static final String FOLDER = "policyctl.policies";
  private static final String OWN =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: StoragePolicy
      metadata: {name: own}
      spec: {title: Own, severity: error, target: guest, validations: [{expression: guest.name == ''}]}
      """;

  @TempDir Path site;

  @BeforeEach
  void nameTheFolder() {
    System.setProperty(FOLDER, site.toString());
  }

  @AfterEach
  void forgetIt() {
    System.clearProperty(FOLDER);
  }

  private static long bundled() throws IOException {
    return PolicyFiles.policyFiles(Path.of("policies")).size();
  }

  @Test
  void tellsBuildJavaAndPolicies() throws IOException {
    Cli.Result told = Cli.run("version");
    assertEquals(0, told.exit(), told.err());
    assertEquals(
        List.of(
            Build.running().line(),
            "Java "
                + Runtime.version()
                + " by "
                + System.getProperty("java.vendor")
                + ", in "
                + System.getProperty("java.home"),
            bundled() + " bundled policies"),
        told.out().lines().toList());
  }

  @Test
  void theOptionPrintsTheFirstLine() {
    Cli.Result told = Cli.run("--version");
    assertEquals(0, told.exit(), told.err());
    assertEquals(Build.running().line() + "\n", told.out());
  }

  @Test
  void tellsAProgramTheSame() throws IOException {
    Files.writeString(site.resolve("own.yaml"), OWN);
    JsonNode told = new ObjectMapper().readTree(Cli.run("version", "--format", "json").out());
    assertEquals("policyctl.dev/version/v1", told.path("schema").asText());
    assertTrue(told.path("version").isTextual());
    assertEquals(Runtime.version().toString(), told.path("java").path("version").asText());
    JsonNode policies = told.path("policies");
    assertEquals(2, policies.size());
    assertEquals("bundled", policies.path(0).path("origin").asText());
    assertEquals(bundled(), policies.path(0).path("count").asLong());
    assertEquals("site", policies.path(1).path("origin").asText());
    assertEquals(1, policies.path(1).path("count").asLong());
    assertEquals(site.toString(), policies.path(1).path("folder").asText());
  }

  @Test
  void aSitePolicyCountsUntilOthersAreNamed() throws IOException {
    Files.writeString(site.resolve("own.yaml"), OWN);
    Path guest = Files.writeString(site.resolve("100.conf"), "name: web\nmemory: 512\n");
    Cli.Result judged = Cli.run("lint", "--as", "proxmox-qemu", guest.toString());
    assertEquals(1, judged.exit(), judged.err());
    assertTrue(judged.out().contains("[own]"), judged.out());
    assertTrue(Cli.run("explain").out().contains("\n  own "));
    Path other = Files.writeString(site.resolve("other.policy"), OWN.replace("== ''", "== 'web'"));
    assertEquals(
        0,
        Cli.run("lint", "--as", "proxmox-qemu", "--policies", other.toString(), guest.toString())
            .exit());
  }

  @Test
  void anEmptyFolderIsNoProblem() throws IOException {
    Files.writeString(site.resolve("README"), "Policies of this machine.\n");
    Cli.Result told = Cli.run("version");
    assertEquals(0, told.exit());
    assertEquals("", told.err());
    Path guest = Files.writeString(site.resolve("100.conf"), "name: web\nmemory: 512\n");
    assertEquals(0, Cli.run("lint", "--as", "proxmox-qemu", guest.toString()).exit());
  }

  @Test
  void aBrokenSitePolicyIsTold() throws IOException {
    Files.writeString(site.resolve("own.yaml"), OWN.replace("guest.name ==", "guest.nam =="));
    Cli.Result told = Cli.run("version");
    assertEquals(2, told.exit());
    assertTrue(told.err().contains("own.yaml"), told.err());
  }
}
