package dev.policyctl.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.testing.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real API server says to documents of ours. Skipped where its programs are missing. */
class CustomResourcesServerTest {
  private static final String POLICY =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: StoragePolicy
      metadata: {name: no-writeback}
      spec:
        title: No write-back caches
        severity: error
        target: volume
        admission: {fail: deny}
        matchConditions: [{name: written, expression: volume.written}]
        variables: [{name: cached, expression: "volume.cache == 'writeback'"}]
        validations: [{expression: "!variables.cached", message: not for us}]
        fixes: [{title: write through, safety: safe, set: {volume.cache: writethrough}}]
      """;

  private static final String FACTS =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: HostFacts
      metadata: {name: worker1}
      spec:
        collectedAt: 2026-11-22T10:00:00Z
        kernel: {release: 6.8.12-4-pve}
        filesystems:
          - mountPoint: /tank/vm
            type: zfs
            options: [rw]
            zfs: {dataset: tank/vm, checksum: "on", direct: standard, redundancy: mirror}
        volumeGroups: [{name: pve, below: [{name: md0, kind: md-raid1}]}]
      """;

  private static final String EXCEPTION =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: StoragePolicyException
      metadata: {name: build-cache}
      spec:
        policies: [nodatacow-without-backup]
        match: {namespaces: [build]}
        reason: rebuilt every night
        until: 2027-03-01
      """;

  @TempDir static Path scratch;
  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    ApiServer.assumeAvailable();
    server = ApiServer.start(Files.createDirectory(scratch.resolve("server")));
    String made = server.kubectl("create", "-f", "helm/policyctl/crds");
    assertFalse(made.contains("rror"), made);
    server.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static String send(String document) throws Exception {
    Path file = Files.createTempFile(scratch, "document", ".yaml");
    Files.writeString(file, document);
    return server.kubectl("create", "--dry-run=server", "-f", file.toString());
  }

  private static String document(String kind) {
    return switch (kind) {
      case "StoragePolicy" -> POLICY;
      case "HostFacts" -> FACTS;
      default -> EXCEPTION;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "StoragePolicy, storagepolicy.policyctl.dev/no-writeback",
    "HostFacts, hostfacts.policyctl.dev/worker1",
    "StoragePolicyException, storagepolicyexception.policyctl.dev/build-cache"
  })
  void acceptsEachKind(String kind, String name) throws Exception {
    assertEquals(name + " created (server dry run)\n", send(document(kind)));
  }

  @Test
  void acceptsTheBundledPoliciesAndTheFactsOfExamples() throws Exception {
    List<Path> files = new ArrayList<>(files("policies", "policy.yaml"));
    files.addAll(files("examples", ".facts.yaml"));
    assertTrue(files.size() > 15, files.toString());
    for (Path file : files) {
      String said = server.kubectl("create", "--dry-run=server", "-f", file.toString());
      assertTrue(said.endsWith("created (server dry run)\n"), file + ": " + said);
    }
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.filter(it -> it.toString().endsWith(ending)).toList();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      textBlock =
          """
          StoragePolicy | severity: error | severity: grave | Unsupported value: "grave": supported values: "error", "warning", "info"
          StoragePolicy | target: volume | target: disk | Unsupported value: "disk": supported values: "guest", "volume", "storage"
          StoragePolicy | severity: error | severty: error | unknown field "spec.severty"
          StoragePolicy | title: No write-back caches | title: yes | spec.title: Invalid value: "boolean": spec.title in body must be of type string: "boolean"
          StoragePolicy | {fail: deny} | {fail: refuse} | Unsupported value: "refuse": supported values: "deny", "warn", "audit"
          StoragePolicy | name: cached | name: my-cache | spec.variables[0].name in body should match
          StoragePolicy | [{name: written, expression: volume.written}] | [{name: a, expression: "true"}, {name: a, expression: "true"}] | spec.matchConditions[1]: Duplicate value
          StoragePolicy | validations: [{expression: "!variables.cached", message: not for us}] | help: none | spec.validations: Required value
          StoragePolicy | safety: safe, set | safety: manual, set | a manual fix has `steps`, every other one `set`
          StoragePolicy | name: no-writeback | name: no.writeback | a policy's name has at most 63 lower-case letters, digits and `-`
          HostFacts | checksum: "on" | checksum: on | must be of type string: "boolean"
          HostFacts | direct: standard | direct: sometimes | Unsupported value: "sometimes": supported values: "standard", "always", "disabled"
          HostFacts | mountPoint: /tank/vm | mountPoint: tank/vm | mountPoint in body should match '^/'
          HostFacts | options: [rw] | opts: [rw] | unknown field "spec.filesystems[0].opts"
          StoragePolicyException | until: 2027-03-01 | until: next spring | spec.until in body should match
          StoragePolicyException | reason: rebuilt every night | reason: "" | spec.reason in body should be at least 1 chars long
          StoragePolicyException | [nodatacow-without-backup] | [] | spec.policies in body should have at least 1 items
          StoragePolicyException | {namespaces: [build]} | {} | `match` says what is accepted: name at least one
          StoragePolicyException | {namespaces: [build]} | {namespace: build} | unknown field "spec.match.namespace"
          """)
  void refusesWithTheReason(String kind, String right, String wrong, String reason)
      throws Exception {
    String changed = document(kind).replace(right, wrong);
    assertFalse(changed.equals(document(kind)));
    String said = send(changed);
    assertTrue(said.contains(reason), said);
  }

  @Test
  void showsWhatMattersInATable() throws Exception {
    for (String document : List.of(POLICY, FACTS, EXCEPTION)) {
      Path file = Files.createTempFile(scratch, "document", ".yaml");
      Files.writeString(file, document);
      server.kubectl("create", "-f", file.toString());
    }
    assertEquals(
        List.of("NAME", "SEVERITY", "TARGET", "READY", "AGE", "no-writeback", "error", "volume"),
        table("spol").subList(0, 8));
    assertEquals(
        List.of("NAME", "KERNEL", "COLLECTED", "AGE", "worker1", "6.8.12-4-pve"),
        table("hfacts").subList(0, 6));
    assertEquals(
        List.of("NAME", "POLICIES", "UNTIL", "READY", "USED", "AGE", "build-cache"),
        table("spolex").subList(0, 7));
    assertTrue(server.kubectl("get", "policyctl").contains("hostfacts.policyctl.dev/worker1"));
  }

  private static List<String> table(String shortName) throws Exception {
    return List.of(server.kubectl("get", shortName).strip().split("\\s+"));
  }
}
