package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.report.ReportFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LintCommandTest {
  private static final String HAZARD = "scsi0: btr:100/vm-100-disk-0.raw,cache=none,size=8G\n";
  private static final String SAFE = "scsi0: btr:100/vm-100-disk-0.raw,size=8G\n";
  private static final String STORAGE_CFG = "btrfs: btr\n\tpath /srv/btr\n\tcontent images\n";

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String facts(String host, String kernel, String profile) {
    return """
        apiVersion: policyctl.dev/v1alpha1
        kind: HostFacts
        metadata: {name: %s}
        spec:
          kernel: {release: %s}
          filesystems:
            - {mountPoint: /srv/btr, type: btrfs, options: [rw], btrfs: {dataProfiles: [%s]}, below: []}
        """
        .formatted(host, kernel, profile);
  }

  private Cli.Result lint(String... arguments) {
    List<String> all = new ArrayList<>(List.of("lint"));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  private static JsonNode json(Cli.Result result) throws IOException {
    return new ObjectMapper().readTree(result.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scsi0: btr:100/vm-100-disk-0.raw,cache=none      | --fail-on error                   | 1
          scsi0: btr:100/vm-100-disk-0.raw,cache=writeback | --fail-on error                   | 0
          scsi0: other:100/vm-100-disk-0.raw               | --fail-on error                   | 3
          scsi0: other:100/vm-100-disk-0.raw               | --allow-unknown                   | 0
          scsi0: btr:100/vm-100-disk-0.raw,cache=unsafe    | --fail-on error                   | 0
          scsi0: btr:100/vm-100-disk-0.raw,cache=unsafe    | --fail-on=warning --allow-unknown | 1
          scsi0: btr:100/vm-100-disk-0.raw,cache=nonsense  | --fail-on error                   | 2
          net0: virtio                                     | --fail-on error                   | 0
          """)
  void exitsByTheWorstFinding(String line, String options, int exit) throws IOException {
    write("storage.cfg", STORAGE_CFG);
    Path guest = write("qemu-server/100.conf", line + "\n");
    List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
    arguments.add(guest.toString());
    Cli.Result result = lint(arguments.toArray(String[]::new));
    assertEquals(exit, result.exit(), result.out());
    assertEquals("", result.err());
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatTellsTheFindingAndExitsAlike(ReportFormat format) throws IOException {
    write("storage.cfg", STORAGE_CFG);
    Path guest = write("nodes/pve1/qemu-server/100.conf", HAZARD);
    Cli.Result result = lint("--format", format.word(), guest.toString());
    assertEquals(1, result.exit());
    assertEquals("", result.err());
    assertTrue(result.out().contains("direct-io-on-checksummed-data"), result.out());
    assertTrue(result.out().contains("is written with O_DIRECT onto"), result.out());
  }

  @Test
  void sarifHasARuleOfEachPolicyThatJudges() throws IOException {
    Path guest = write("qemu-server/100.conf", HAZARD);
    Path own = Path.of("examples/policies/writeback-cache-on-network-storage/policy.yaml");
    Cli.Result result = lint("--format", "sarif", "--policies", own.toString(), guest.toString());
    List<String> rules = json(result).at("/runs/0/tool/driver/rules").findValuesAsText("id");
    assertTrue(rules.contains("writeback-cache-on-network-storage"), rules.toString());
    assertTrue(rules.contains("unsafe-cache"), rules.toString());
  }

  @Test
  void thePageTellsWhatHoldsAfterFixing() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    Path guest = write("nodes/pve1/qemu-server/100.conf", HAZARD);
    Cli.Result result = lint("--fix", "--format", "html", "--allow-unknown", guest.toString());
    assertEquals(0, result.exit());
    assertTrue(result.out().contains("Nothing fails."), result.out());
    assertTrue(result.out().contains("scsi0"), result.out());
  }

  @Test
  void tellsUnreadableInputBeforeFailures() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    write("qemu-server/100.conf", HAZARD);
    Cli.Result result = lint(folder.toString(), folder.resolve("missing.conf").toString());
    assertEquals(2, result.exit());
    assertTrue(result.out().contains("missing.conf: error: cannot read: no such file"));
    assertTrue(result.out().contains("[direct-io-on-checksummed-data] `scsi0` is written"));
  }

  @Test
  void findsTheContextAboveASingleFile() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    write("pve1.yaml", facts("pve1", "6.17.2-1-pve", "single"));
    Path guest = write("nodes/pve1/qemu-server/100.conf", HAZARD);
    Cli.Result result = lint("--fail-on", "info", guest.toString());
    assertEquals(1, result.exit());
    assertTrue(result.out().contains("[direct-io-not-honoured]"), result.out());
    assertFalse(result.out().contains("[direct-io-on-checksummed-data]"), result.out());
  }

  @Test
  void nearestContextCounts() throws IOException {
    write("storage.cfg", "dir: btr\n\tpath /elsewhere\n");
    write("cluster/storage.cfg", STORAGE_CFG);
    write("cluster/qemu-server/100.conf", HAZARD);
    assertEquals(1, lint(folder.toString()).exit());
  }

  @Test
  void commandLineReplacesWhatIsFound() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    Path other = write("other/any.cfg", "lvm: btr\n\tvgname vg\n\tcontent images\n");
    Path guest = write("qemu-server/100.conf", HAZARD);
    assertEquals(1, lint(guest.toString()).exit());
    assertEquals(0, lint("--storage-cfg", other.toString(), guest.toString()).exit());
  }

  @Test
  void takesOptionsFromTheConfiguration() throws IOException {
    write(
        ".policyctl.yaml",
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: Configuration
        spec: {storageCfg: cfg/all.cfg, failOn: warning, exclude: ["attic/**"]}
        """);
    write("cfg/all.cfg", STORAGE_CFG);
    write("qemu-server/100.conf", "scsi0: btr:100/vm-100-disk-0.raw,cache=unsafe\n");
    write("attic/qemu-server/101.conf", HAZARD);
    Cli.Result result = lint("--allow-unknown", folder.toString());
    assertEquals(1, result.exit(), result.out());
    assertFalse(result.out().contains("attic"), result.out());
  }

  @Test
  void refusesAMisspeltConfiguration() throws IOException {
    write(
        ".policyctl.yaml",
        "apiVersion: policyctl.dev/v1alpha1\nkind: Configuration\nspec: {failon: warning}\n");
    write("qemu-server/100.conf", SAFE);
    Cli.Result result = lint(folder.toString());
    assertEquals(2, result.exit());
    assertTrue(
        result.out().contains(".policyctl.yaml:3:8: error: unknown key `failon`"), result.out());
    assertTrue(result.out().contains("did you mean `failOn`?"), result.out());
  }

  @Test
  void judgesAGuestOfNoHostForEveryHostWithFacts() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    write("old.yaml", facts("old", "6.8.12-4-pve", "single"));
    write("new.yaml", facts("new", "7.3.1", "single"));
    Path guest = write("100.conf", HAZARD);
    JsonNode all = json(lint("--format", "json", guest.toString()));
    List<String> hosts = new ArrayList<>();
    all.get("findings").forEach(finding -> hosts.add(finding.get("host").asText()));
    assertEquals(List.of("old"), hosts);
    assertEquals(0, lint("--host", "new", guest.toString()).exit());
    assertEquals(1, lint("--host", "old", guest.toString()).exit());
  }

  @Test
  void pathNamesTheHostBeforeTheOption() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    write("old.yaml", facts("old", "6.8.12-4-pve", "single"));
    write("new.yaml", facts("new", "7.3.1", "single"));
    Path guest = write("nodes/old/qemu-server/100.conf", HAZARD);
    assertEquals(1, lint("--host", "new", guest.toString()).exit());
  }

  @Test
  void leavesOutHiddenIgnoredAndLinkedFiles() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    write("qemu-server/100.conf", SAFE);
    write("qemu-server/.101.conf", HAZARD);
    write("attic/qemu-server/102.conf", HAZARD);
    write(".gitignore", "attic/\n");
    Files.createDirectories(folder.resolve(".git"));
    Path outside = write("outside/x/qemu-server/103.conf", HAZARD);
    Files.createSymbolicLink(folder.resolve("qemu-server/linked.conf"), outside);
    Path named = folder.resolve("qemu-server");
    assertEquals(0, lint("--allow-unknown", named.toString()).exit());
    Cli.Result all = lint(folder.toString());
    assertFalse(all.out().contains("attic"), all.out());
    assertTrue(all.out().contains("103.conf"), all.out());
    assertFalse(all.out().contains("linked.conf"), all.out());
  }

  @Test
  void lintsWhatIsNamedEvenWhereAWalkWouldLeaveItOut() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    Path hidden = write("qemu-server/.100.conf", HAZARD);
    assertEquals(1, lint("--as", "proxmox-qemu", hidden.toString()).exit());
  }

  @Test
  void readsStandardInput() throws IOException {
    Path storages = write("storage.cfg", STORAGE_CFG);
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(HAZARD.getBytes(StandardCharsets.UTF_8)));
      Cli.Result result = lint("--storage-cfg", storages.toString(), "--as", "proxmox-qemu", "-");
      assertEquals(1, result.exit(), result.out());
      assertTrue(result.out().startsWith("-:1:34: error:"), result.out());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void usesPoliciesOfTheUsers() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    Path guest = write("qemu-server/100.conf", SAFE);
    Path policy =
        write(
            "own/no-btrfs.yaml",
            """
            apiVersion: policyctl.dev/v1alpha1
            kind: StoragePolicy
            metadata: {name: no-btrfs}
            spec:
              title: Storage of type btrfs
              severity: error
              description: None of it here.
              target: volume
              validations:
                - {expression: "storage.type != 'btrfs'", message: a volume lies on btrfs}
            """);
    assertEquals(0, lint("--allow-unknown", guest.toString()).exit());
    Cli.Result result = lint("--policies", policy.getParent().toString(), guest.toString());
    assertEquals(1, result.exit(), result.out());
    assertTrue(result.out().contains("[no-btrfs] a volume lies on btrfs"), result.out());
  }

  @Test
  void brokenPolicyIsToldAndTheOthersStillJudge() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    Path guest = write("qemu-server/100.conf", HAZARD);
    Path policy =
        write(
            "own/broken.yaml",
            """
            apiVersion: policyctl.dev/v1alpha1
            kind: StoragePolicy
            metadata: {name: broken}
            spec:
              title: Broken
              severity: error
              description: It reads a field that is none.
              target: volume
              validations:
                - {expression: "storage.typ != 'btrfs'", message: never}
            """);
    Cli.Result result = lint("--policies", policy.toString(), guest.toString());
    assertEquals(2, result.exit(), result.out());
    assertTrue(result.out().contains("broken.yaml:10:"), result.out());
    assertTrue(result.out().contains("[direct-io-on-checksummed-data]"), result.out());
  }

  @Test
  void printsTheSameWhateverTheNumberOfJobs() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    for (int vmid = 100; vmid < 400; vmid++) {
      write("qemu-server/" + vmid + ".conf", vmid % 3 == 0 ? HAZARD : SAFE);
    }
    String one = lint("--jobs", "1", folder.toString()).out();
    assertEquals(one, lint("--jobs", "7", folder.toString()).out());
  }

  @Test
  void countsEachFileOnce() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    Path guest = write("qemu-server/100.conf", HAZARD);
    JsonNode all = json(lint("--format=json", folder.toString(), guest.toString()));
    assertEquals(2, all.get("summary").get("files").asInt());
    assertEquals(1, all.get("summary").get("fail").asInt());
  }

  @Test
  void writesTheReportToAFile() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    Path guest = write("qemu-server/100.conf", HAZARD);
    Path report = folder.resolve("report.json");
    Cli.Result result = lint("--format", "json", "--output", report.toString(), guest.toString());
    assertEquals(1, result.exit());
    assertEquals("", result.out());
    assertTrue(Files.readString(report).contains("\"policyctl.dev/lint/v1\""));
  }

  @Test
  void marksAFindingAfterARollbackAsAWarning() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    Path guest = write("qemu-server/100.conf", SAFE + "\n[before]\n" + HAZARD);
    Cli.Result result = lint(guest.toString());
    assertEquals(0, result.exit() % 3, result.out());
    assertTrue(
        result.out().contains("100.conf:4:34: warning: [direct-io-on-checksummed-data]"),
        result.out());
    assertTrue(result.out().contains("after a rollback to `before`"), result.out());
  }

  @Test
  void coloursOnlyATerminal() throws IOException {
    write("storage.cfg", STORAGE_CFG);
    Path guest = write("qemu-server/100.conf", HAZARD);
    assertFalse(lint(guest.toString()).out().contains("\u001B"));
    assertTrue(Cli.runInColor("lint", guest.toString()).out().contains("\u001B[1;31merror"));
  }

  @Test
  void controlCharactersOfAFileDoNotReachTheTerminal() throws IOException {
    Path guest = write("qemu-server/100.conf", "scsi0: a\u001B[2Jb,cache=none\n");
    assertFalse(lint(guest.toString()).out().contains("\u001B"));
  }
}
