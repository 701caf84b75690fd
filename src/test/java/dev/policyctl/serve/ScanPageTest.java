package dev.policyctl.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.cluster.ClusterScan.Scanned;
import dev.policyctl.cluster.ClusterScan.Subject;
import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.format.kubernetes.JsonKubeNode;
import dev.policyctl.format.kubernetes.KubeObject;
import dev.policyctl.lint.ObjectLinter;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Which page is shown, and what stands on it. */
class ScanPageTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-01-01T01:00:00Z");
  private static final PolicySet POLICIES = PolicyFiles.load(List.of()).policies();
  private static final Surroundings SURROUNDINGS =
      new Surroundings(StorageCatalog.NONE, List.of(), Optional.empty(), POLICIES);
  private static final Problem UNLISTED =
      Problem.error(Location.ofFile("pods"), "cannot be listed: gone", "");

  private final ScanPage page = new ScanPage();

  private void scan(Instant at, List<String> names, List<Problem> problems) throws IOException {
    ScanPage.Draft draft = page.begin(at, POLICIES.all());
    for (String name : names) {
      draft.take(scanned(name));
    }
    draft.finish(problems);
  }

  private static Scanned scanned(String name) throws IOException {
    String volume =
        """
        {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "%s"},
         "spec": {"local": {"path": "/srv/%s"}}}
        """
            .formatted(name, name);
    KubeObject object =
        KubeObject.inCluster(new JsonKubeNode(new ObjectMapper().readTree(volume))).orElseThrow();
    Subject subject = new Subject("v1", "PersistentVolume", "", name, "uid");
    return new Scanned(
        subject,
        ObjectLinter.lint(object, Cluster.of(List.of(object)), SURROUNDINGS)
            .named(subject.toString()));
  }

  private String text() throws IOException {
    byte[] gzip = page.ask().orElseThrow().gzip();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void showsTheLastScan() throws IOException {
    scan(FIRST, List.of("one"), List.of());
    scan(SECOND, List.of("two", "three"), List.of());
    String text = text();
    assertTrue(text.contains("<time>2026-01-01T01:00:00Z</time>"), text);
    assertTrue(text.contains("PersistentVolume two"), text);
    assertFalse(text.contains("PersistentVolume one"), text);
  }

  @Test
  void aScanThatSawNothingTakesNoPageAway() throws IOException {
    scan(FIRST, List.of("one"), List.of());
    ScanPage.Made before = page.ask().orElseThrow();
    scan(SECOND, List.of(), List.of(UNLISTED));
    assertSame(before, page.ask().orElseThrow());
    scan(SECOND, List.of("two"), List.of(UNLISTED));
    assertTrue(text().contains("cannot be listed: gone"));
  }

  @Test
  void aFirstPageTellsThatNothingCouldBeListed() throws IOException {
    scan(FIRST, List.of(), List.of(UNLISTED));
    assertTrue(text().contains("cannot be listed: gone"));
  }

  @Test
  void isWantedFromTheTimeSomebodyAsksUntilAScanBegins() throws IOException {
    assertFalse(page.isWanted());
    assertEquals(Optional.empty(), page.ask());
    assertTrue(page.isWanted());
    scan(FIRST, List.of("one"), List.of());
    assertFalse(page.isWanted());
  }
}
