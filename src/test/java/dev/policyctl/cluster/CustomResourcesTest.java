package dev.policyctl.cluster;

import dev.policyctl.testing.CrdWriter;
import dev.policyctl.testing.CrdWriter.Column;
import dev.policyctl.testing.CrdWriter.Kind;
import dev.policyctl.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The chart's CustomResourceDefinitions are those of the JSON Schemas. */
class CustomResourcesTest {
  private static final Path CRDS = Path.of("helm/policyctl/crds");
  private static final Path SCHEMAS = Path.of("schemas");
  private static final Column AGE = new Column("Age", "date", ".metadata.creationTimestamp", 0);

  @Test
  void definePolicies() throws IOException {
    GeneratedFile.assertIs(
        CRDS.resolve("storagepolicies.yaml"),
        CrdWriter.write(
            SCHEMAS.resolve("storage-policy.schema.json"),
            new Kind(
                "StoragePolicy",
                "storagepolicies",
                List.of("spol"),
                List.of(
                    new Column("Severity", "string", ".spec.severity", 0),
                    new Column("Target", "string", ".spec.target", 0),
                    new Column(
                        "Ready", "string", ".status.conditions[?(@.type=='Ready')].status", 0),
                    new Column("Title", "string", ".spec.title", 1),
                    AGE),
                List.of("matchConditions", "variables"),
                Map.of(
                    "size(self.metadata.name) <= 63 && !self.metadata.name.contains('.')",
                    "a policy's name has at most 63 lower-case letters, digits and `-`"),
                Map.of(
                    "!has(self.fixes) || self.fixes.all(fix, fix.safety == 'manual'"
                        + " ? has(fix.steps) && !has(fix.set) : has(fix.set) && !has(fix.steps))",
                    "a manual fix has `steps`, every other one `set`"))));
  }

  @Test
  void defineHostFacts() throws IOException {
    GeneratedFile.assertIs(
        CRDS.resolve("hostfacts.yaml"),
        CrdWriter.write(
            SCHEMAS.resolve("host-facts.schema.json"),
            new Kind(
                "HostFacts",
                "hostfacts",
                List.of("hfacts"),
                List.of(
                    new Column("Kernel", "string", ".spec.kernel.release", 0),
                    new Column("Collected", "date", ".spec.collectedAt", 0),
                    AGE),
                List.of(),
                Map.of(),
                Map.of())));
  }

  @Test
  void defineExceptions() throws IOException {
    GeneratedFile.assertIs(
        CRDS.resolve("storagepolicyexceptions.yaml"),
        CrdWriter.write(
            SCHEMAS.resolve("storage-policy-exception.schema.json"),
            new Kind(
                "StoragePolicyException",
                "storagepolicyexceptions",
                List.of("spolex"),
                List.of(
                    new Column("Policies", "string", ".spec.policies", 0),
                    new Column("Until", "string", ".spec.until", 0),
                    new Column(
                        "Ready", "string", ".status.conditions[?(@.type=='Ready')].status", 0),
                    new Column("Used", "string", ".status.conditions[?(@.type=='Used')].status", 0),
                    new Column("Reason", "string", ".spec.reason", 1),
                    AGE),
                List.of(),
                Map.of(),
                Map.of(
                    "has(self.match.paths) || has(self.match.guests) || has(self.match.volumes)"
                        + " || has(self.match.storages) || has(self.match.namespaces)",
                    "`match` says what is accepted: name at least one"))));
  }
}
