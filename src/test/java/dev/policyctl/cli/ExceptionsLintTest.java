package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExceptionsLintTest {
  private static final String POLICY = "direct-io-on-checksummed-data";
  private static final String FAILS = "scsi0: btr:100/vm-100-disk-0.raw,cache=none,size=8G\n";
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  @TempDir private Path folder;

  @BeforeEach
  void storage() throws IOException {
    write("storage.cfg", "btrfs: btr\n\tpath /srv/btr\n\tcontent images\n");
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Cli.Result lint(String... arguments) {
    List<String> all = new ArrayList<>(List.of("lint"));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  private Cli.Result lintFolder() {
    return lint(folder.toString());
  }

  private static String exception(String policy, String guest, LocalDate until) {
    return """
        apiVersion: policyctl.dev/v1alpha1
        kind: StoragePolicyException
        metadata: {name: night}
        spec:
          policies: [%s]
          match: {paths: ["qemu-server/*"], guests: ["%s"]}
          reason: rebuilt every night
          until: %s
        """
        .formatted(policy, guest, until);
  }

  /** A day and those around it are filled in. */
  private String allow(String text) {
    return text.replace("SOON", today.plusDays(3).toString())
        .replace("LATER", today.plusDays(90).toString())
        .replace("TODAY", today.toString())
        .replace("OVER", today.minusDays(1).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          direct-io-on-checksummed-data until=LATER reason=why | 0 | 1 suppressed
          direct-io-on-checksummed-data scsi0 until=LATER reason=why | 0 | 1 suppressed
          direct-io-on-checksummed-data scsi0 until=TODAY reason=why | 0 | ends on
          direct-io-on-checksummed-data scsi0 until=SOON reason=why | 0 | ends on
          direct-io-on-checksummed-data scsi0 until=LATER reason=50%25 sure | 0 | 1 suppressed
          direct-io-on-checksummed-data scsi0 until=OVER reason=why | 1 | an allowance in the file expired on
          direct-io-on-checksummed-data until=LATER | 1 | gives no reason, and suppresses nothing
          direct-io-on-checksummed-data until=LATER reason= | 1 | gives no reason, and suppresses nothing
          direct-io-on-checksummed-data reason=why | 1 | says no `until`
          direct-io-on-checksummed-data until=soon reason=why | 1 | ends on no day: `soon`
          direct-io-on-checksumed-data until=LATER reason=why | 1 | did you mean `direct-io-on-checksummed-data`?
          direct-io-on-checksummed-data scsi9 until=LATER reason=why | 1 | did you mean `scsi0`?
          direct-io-on-checksummed-data scsi0 x until=LATER reason=why | 1 | unknown word `x`
          unsafe-cache until=LATER reason=why | 1 | the allowance of `unsafe-cache` suppresses nothing
          until=LATER reason=why | 1 | an allowance names no policy
          """)
  void aGuestAllowsForItself(String said, int exit, String told) throws IOException {
    Path guest = write("qemu-server/100.conf", allow("#policyctl:allow " + said + "\n") + FAILS);
    Cli.Result result = lint(guest.toString());
    assertEquals(exit, result.exit(), result.out());
    assertTrue(result.out().contains(told), result.out());
  }

  @Test
  void aSnapshotsDescriptionAllowsNothing() throws IOException {
    String text = FAILS + "[old]\n#policyctl:allow " + POLICY + " until=LATER reason=why\n" + FAILS;
    write("qemu-server/100.conf", allow(text));
    assertEquals(1, lintFolder().exit());
  }

  @Test
  void allowsWhatIsNotKnownToo() throws IOException {
    String unknown = "scsi0: nas:100/vm-100-disk-0.raw,size=8G\n";
    write("qemu-server/100.conf", unknown);
    assertEquals(3, lintFolder().exit());
    write("e.yaml", everyPolicy());
    Cli.Result result = lintFolder();
    assertEquals(0, result.exit(), result.out());
    assertTrue(result.out().contains(" 0 unknown"), result.out());
  }

  private String everyPolicy() throws IOException {
    Cli.Result json = lint("--format", "json", folder.toString());
    List<String> policies = new ArrayList<>();
    for (JsonNode finding : new ObjectMapper().readTree(json.out()).get("findings")) {
      policies.add(finding.get("policy").asText());
    }
    return exception(String.join(", ", policies), "100", today.plusDays(90));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          direct-io-on-checksummed-data | 100 | 90  | 0 | 1 suppressed
          direct-io-on-checksummed-data | 10* | 0   | 0 | exception `night` ends on
          direct-io-on-checksummed-data | 100 | -1  | 1 | exception `night` expired on
          direct-io-on-checksummed-data | 101 | 90  | 1 | exception `night` suppresses nothing
          direct-io-on-checksumed-data  | 100 | 90  | 2 | did you mean `direct-io-on-checksummed-data`?
          """)
  void aDocumentBesideAccepts(String policy, String guest, int days, int exit, String told)
      throws IOException {
    write("qemu-server/100.conf", FAILS);
    write("night.yaml", exception(policy, guest, today.plusDays(days)));
    Cli.Result result = lintFolder();
    assertEquals(exit, result.exit(), result.out());
    assertTrue(result.out().contains(told), result.out());
  }

  @Test
  void doesNotCallUnusedWhatItDidNotLookAt() throws IOException {
    Path guest = write("qemu-server/100.conf", FAILS);
    write("night.yaml", exception(POLICY, "101", today.plusDays(90)));
    assertFalse(lint(guest.toString()).out().contains("suppresses nothing"));
  }

  @Test
  void aBrokenDocumentIsAProblem() throws IOException {
    write("qemu-server/100.conf", FAILS);
    write("night.yaml", exception(POLICY, "100", today).replaceFirst("  reason: .*\n", ""));
    Cli.Result result = lintFolder();
    assertEquals(2, result.exit());
    assertTrue(result.out().contains("`spec` lacks `reason`"), result.out());
  }

  @Test
  void aNamedDocumentReplacesThoseBeside() throws IOException {
    write("qemu-server/100.conf", FAILS);
    write("night.yaml", exception(POLICY, "100", today.plusDays(90)));
    Path none = write("elsewhere/none.yaml", exception(POLICY, "999", today.plusDays(90)));
    assertEquals(1, lint("--exceptions", none.toString(), folder.toString()).exit());
    assertEquals(2, lint("--exceptions", folder + "/missing.yaml", folder.toString()).exit());
  }

  @Test
  void tellsInJsonByWhatItIsSuppressed() throws IOException {
    write("qemu-server/100.conf", FAILS);
    write("night.yaml", exception(POLICY, "100", LocalDate.of(2999, 1, 1)));
    String[] verbose = {"--format", "json", "--verbose", folder.toString()};
    JsonNode report = new ObjectMapper().readTree(lint(verbose).out());
    assertEquals(1, report.at("/summary/suppressed").asInt());
    assertEquals(0, report.at("/summary/fail").asInt());
    JsonNode by = report.findValue("findings").findValue("suppressed");
    assertEquals(
        "{\"by\":\"exception\",\"name\":\"night\",\"reason\":\"rebuilt every night\","
            + "\"until\":\"2999-01-01\"}",
        by.toString());
    JsonNode brief = new ObjectMapper().readTree(lint("--format", "json", folder.toString()).out());
    assertEquals(0, brief.get("findings").size());
  }

  @Test
  void fixesNothingThatIsAllowedAndKeepsTheComment() throws IOException {
    String text =
        allow("#policyctl:allow " + POLICY + " scsi0 until=LATER reason=why\n")
            + FAILS
            + FAILS.replace("scsi0", "scsi1").replace("disk-0", "disk-1");
    Path guest = write("qemu-server/100.conf", text);
    assertEquals(0, lint("--fix", guest.toString()).exit());
    String fixed = Files.readString(guest);
    assertTrue(fixed.startsWith(text.substring(0, text.indexOf("scsi1"))), fixed);
    assertTrue(fixed.contains("disk-1.raw,cache=writeback"), fixed);
  }

  @Test
  void aBaselineAcceptsWhatWasThereAndNothingElse() throws IOException {
    Path guest = write("qemu-server/100.conf", FAILS);
    Path file = folder.resolve("baseline.json");
    write(
        ".policyctl.yaml",
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: Configuration
        spec: {baseline: baseline.json}
        """);
    Cli.Result missing = lintFolder();
    assertEquals(2, missing.exit());
    assertTrue(missing.out().contains("--update-baseline"), missing.out());
    Cli.Result update = lint("--update-baseline", folder.toString());
    assertEquals(0, update.exit(), update.out() + update.err());
    assertTrue(update.out().contains("1 entry added, 0 removed, 1 in all"), update.out());
    assertEquals(0, lintFolder().exit());
    Files.writeString(guest, "# moved by a line\n" + FAILS);
    assertEquals(0, lint(guest.toString()).exit());
    Files.writeString(guest, FAILS + FAILS.replace("scsi0", "scsi1").replace("disk-0", "disk-1"));
    assertEquals(1, lintFolder().exit());
    Files.writeString(guest, FAILS.replace("none", "writeback"));
    Cli.Result unused = lintFolder();
    assertEquals(0, unused.exit());
    assertTrue(unused.out().contains("1 entry of the baseline"), unused.out());
    Cli.Result again = lint("--update-baseline", folder.toString());
    assertTrue(again.out().contains("0 entries added, 1 removed, 0 in all"), again.out());
    assertTrue(Files.readString(file).contains("\"findings\": []"));
  }

  @Test
  void aRunOfOneFileKeepsTheEntriesOfOthers() throws IOException {
    Path guest = write("qemu-server/100.conf", FAILS);
    write("qemu-server/101.conf", FAILS.replace("100", "101"));
    String file = folder.resolve("b.json").toString();
    assertEquals(0, lint("--baseline", file, "--update-baseline", folder.toString()).exit());
    Files.writeString(guest, FAILS.replace("none", "writeback"));
    Cli.Result result = lint("--baseline", file, "--update-baseline", guest.toString());
    assertTrue(result.out().contains("0 entries added, 1 removed, 1 in all"), result.out());
  }

  @Test
  void aBrokenBaselineIsNotOverwritten() throws IOException {
    write("qemu-server/100.conf", FAILS);
    Path file = write("b.json", "{\"schema\": \"policyctl.dev/baseline/v1\",\n<<<<<<< ours\n");
    String before = Files.readString(file);
    assertEquals(2, lint("--baseline", file.toString(), folder.toString()).exit());
    Cli.Result update = lint("--baseline", file.toString(), "--update-baseline", folder.toString());
    assertEquals(2, update.exit());
    assertEquals(before, Files.readString(file));
  }

  @Test
  void updatingNeedsABaselineAndNoFix() throws IOException {
    write("qemu-server/100.conf", FAILS);
    assertEquals(2, lint("--update-baseline", folder.toString()).exit());
    assertEquals(2, lint("--update-baseline", "--fix", folder.toString()).exit());
  }

  @Test
  void libvirtAllowsInAComment() throws IOException {
    String domain =
        """
        <domain type='kvm'><!-- policyctl:allow %s until=LATER reason=why -->
          <name>shop</name>
          <devices>
            <disk type='file' device='disk'>
              <driver name='qemu' type='raw' cache='unsafe'/>
              <source file='/srv/shop.raw'/>
              <target dev='vda' bus='virtio'/>
            </disk>
          </devices>
        </domain>
        """;
    Path file = write("shop.xml", allow(domain.formatted("unsafe-cache")));
    String[] arguments = {"--fail-on", "warning", "--allow-unknown", file.toString()};
    Cli.Result result = lint(arguments);
    assertEquals(0, result.exit(), result.out());
    assertTrue(result.out().contains("1 suppressed"), result.out());
    Files.writeString(file, allow(domain.formatted("unsafe-cache vdb")));
    assertEquals(1, lint(arguments).exit());
  }

  @Test
  void anAnnotationSpeaksOfItsObjectAlone() throws IOException {
    String machine =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: %s, namespace: vms%s}
        spec:
          template:
            spec:
              domain: {devices: {disks: [{name: root, cache: none, disk: {bus: virtio}}]}}
              volumes: [{name: root, hostDisk: {path: /srv/btr/root.img, type: Disk}}]
        ---
        """;
    String annotations =
        allow(", annotations: {policyctl.dev/allow: '" + POLICY + " until=LATER reason=why'}");
    write("vms.yaml", machine.formatted("shop", annotations) + machine.formatted("forum", ""));
    String facts =
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: HostFacts
        metadata: {name: node1}
        spec:
          kernel: {release: 6.8.0}
          filesystems:
            - {mountPoint: /srv/btr, type: btrfs, options: [rw], btrfs: {dataProfiles: [single]}, below: []}
        """;
    write("facts.yaml", facts);
    String[] arguments = {"--format", "json", folder.toString()};
    JsonNode report = new ObjectMapper().readTree(lint(arguments).out());
    assertEquals(1, report.at("/summary/suppressed").asInt(), report.toString());
    List<String> guests = report.get("findings").findValuesAsText("guest");
    assertTrue(guests.contains("vms/forum"), report.toString());
  }

  @Test
  void storageCfgAllowsInAComment() throws IOException {
    String storages = "btrfs: btr\n\tpath /srv/btr\n\tcontent images\n\tnocow 1\n";
    String[] arguments = {"--fail-on", "warning", folder.resolve("storage.cfg").toString()};
    write("storage.cfg", storages);
    assertEquals(3, lint(arguments).exit());
    String said = "# policyctl:allow nocow-storage-on-redundant-data btr until=LATER reason=why\n";
    write("storage.cfg", allow(said) + storages);
    Cli.Result result = lint(arguments);
    assertEquals(0, result.exit(), result.out());
    assertTrue(result.out().contains("0 unknown, 1 pass, 1 suppressed"), result.out());
  }
}
