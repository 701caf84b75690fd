package dev.policyctl.cluster;

import dev.policyctl.cluster.ClusterScan.Scanned;
import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Scans a cluster and writes a report for each object that has findings: few writes a second, none
 * where nothing changed, and never more than a bound, because reports fill etcd (kubernetes.md
 * §5.6). The report of an object that has become clean is removed.
 */
public final class ReportWriter {
  private static final Duration BETWEEN_WRITES = Duration.ofMillis(50);
  private static final int MAX_REFUSED_IN_A_ROW = 10;
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final ReportApi api;
  private final Bounds bounds;
  private final Map<Key, String> existing = new HashMap<>();
  private final Set<Key> wanted = new HashSet<>();
  private final List<Problem> refused = new ArrayList<>();
  private int refusedInARow;
  private int written;
  private int leftOut;

  /** Where a report is. */
  private record Key(String namespace, String name) {}

  /**
   * What a pass did.
   *
   * @param isWhole whether everything was judged
   * @param leftOut objects with findings for which the bound left no report
   * @param problems kinds that could not be listed, and reports that the API server refused
   */
  public record Result(
      boolean isWhole,
      int reports,
      int written,
      int removed,
      int leftOut,
      List<Problem> problems) {}

  /**
   * What a pass may do.
   *
   * @param reports how many it leaves at the most
   * @param pause waits before each write
   */
  record Bounds(int reports, Runnable pause) {
    private static final Bounds USUAL =
        new Bounds(10_000, () -> LockSupport.parkNanos(BETWEEN_WRITES.toNanos()));
  }

  private ReportWriter(KubernetesClient client, ReportApi api, Bounds bounds) {
    this.client = client;
    this.api = api;
    this.bounds = bounds;
  }

  /**
   * @param watched what is remembered of the cluster; empty where nothing is
   * @param sink takes every object that was judged, before its report is written
   */
  public static Result run(
      KubernetesClient client,
      ReportApi api,
      Clock clock,
      Optional<Cluster> watched,
      Surroundings surroundings,
      Consumer<Scanned> sink) {
    return run(client, api, clock, watched, surroundings, sink, Bounds.USUAL);
  }

  static Result run(
      KubernetesClient client,
      ReportApi api,
      Clock clock,
      Optional<Cluster> watched,
      Surroundings surroundings,
      Consumer<Scanned> sink,
      Bounds bounds) {
    ReportWriter writer = new ReportWriter(client, api, bounds);
    writer.readExisting(true);
    writer.readExisting(false);
    Instant at = clock.instant();
    List<Problem> problems =
        new ArrayList<>(
            ClusterScan.run(
                client, watched, surroundings, scanned -> writer.take(scanned, at, sink)));
    // What could not be listed is not known to be clean.
    boolean isWhole = problems.isEmpty();
    int removed = isWhole ? writer.removeOthers() : 0;
    problems.addAll(writer.refused);
    return new Result(
        isWhole, writer.wanted.size(), writer.written, removed, writer.leftOut, problems);
  }

  private void readExisting(boolean isNamespaced) {
    ListOptions options =
        new ListOptionsBuilder()
            .withLimit(PAGE)
            .withLabelSelector(ReportDocument.MANAGED_BY + "=" + ReportDocument.OURS)
            .build();
    do {
      GenericKubernetesResourceList page =
          client
              .genericKubernetesResources(api.context(isNamespaced))
              .inAnyNamespace()
              .list(options);
      for (GenericKubernetesResource report : page.getItems()) {
        String namespace = report.getMetadata().getNamespace();
        Map<String, String> annotations = report.getMetadata().getAnnotations();
        existing.put(
            new Key(namespace == null ? "" : namespace, report.getMetadata().getName()),
            annotations == null ? "" : annotations.getOrDefault(ReportDocument.DIGEST, ""));
      }
      options.setContinue(page.getMetadata().getContinue());
    } while (options.getContinue() != null && !options.getContinue().isEmpty());
  }

  private void take(Scanned scanned, Instant at, Consumer<Scanned> sink) {
    sink.accept(scanned);
    if (scanned.result().findings().isEmpty()) {
      return;
    }
    if (wanted.size() >= bounds.reports()) {
      leftOut++;
      return;
    }
    Key key = new Key(scanned.subject().namespace(), ReportDocument.nameFor(scanned.subject()));
    wanted.add(key);
    if (!ReportDocument.digest(scanned).equals(existing.get(key))) {
      tryWrite(key, scanned, at);
    }
  }

  /**
   * One that is refused, as in a namespace that is being deleted, keeps the others from nothing.
   */
  private void tryWrite(Key key, Scanned scanned, Instant at) {
    bounds.pause().run();
    try {
      write(key, ReportDocument.of(scanned, api, at).toString());
      written++;
      refusedInARow = 0;
    } catch (KubernetesClientException e) {
      if (++refusedInARow == MAX_REFUSED_IN_A_ROW) {
        throw e;
      }
      refused.add(
          Problem.error(
              Location.ofFile(scanned.subject().toString()),
              "its report was refused: " + e.getMessage(),
              "see to it that this service may write `"
                  + api.kind(!key.namespace().isEmpty())
                  + "`"));
    }
  }

  private void write(Key key, String report) {
    boolean isNamespaced = !key.namespace().isEmpty();
    var reports = client.genericKubernetesResources(api.context(isNamespaced));
    GenericKubernetesResource wholly =
        Serialization.unmarshal(report, GenericKubernetesResource.class);
    var resource =
        isNamespaced
            ? reports.inNamespace(key.namespace()).resource(wholly)
            : reports.resource(wholly);
    resource.fieldManager(ReportDocument.OURS).forceConflicts().serverSideApply();
  }

  private int removeOthers() {
    int removed = 0;
    for (Key key : existing.keySet()) {
      if (!wanted.contains(key)) {
        bounds.pause().run();
        remove(key);
        removed++;
      }
    }
    return removed;
  }

  private void remove(Key key) {
    boolean isNamespaced = !key.namespace().isEmpty();
    var reports = client.genericKubernetesResources(api.context(isNamespaced));
    try {
      if (isNamespaced) {
        reports.inNamespace(key.namespace()).withName(key.name()).delete();
      } else {
        reports.withName(key.name()).delete();
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }
}
