package dev.policyctl.cluster;

import dev.policyctl.cluster.ClusterScan.Scanned;
import dev.policyctl.lint.Surroundings;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Scans a cluster and writes a report for each object that has findings: few writes a second, none
 * where nothing changed, and never more than a bound, because reports fill etcd (kubernetes.md
 * §5.6). The report of an object that has become clean is removed.
 */
public final class ReportWriter {
  private static final int MAX_REPORTS = 10_000;
  private static final Duration BETWEEN_WRITES = Duration.ofMillis(50);
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final ReportApi api;
  private final Map<Key, String> existing = new HashMap<>();
  private final Set<Key> wanted = new HashSet<>();
  private int written;
  private int leftOut;

  /** Where a report is. */
  private record Key(String namespace, String name) {}

  /**
   * What a pass did.
   *
   * @param leftOut objects with findings for which the bound left no report
   * @param problems kinds that could not be listed
   */
  public record Result(
      int reports, int written, int removed, int leftOut, List<Problem> problems) {}

  private ReportWriter(KubernetesClient client, ReportApi api) {
    this.client = client;
    this.api = api;
  }

  /**
   * Makes one pass.
   *
   * @param listener hears of everything that was judged, before its report is written
   */
  public static Result run(
      KubernetesClient client,
      ReportApi api,
      Clock clock,
      Surroundings surroundings,
      Consumer<Scanned> listener) {
    ReportWriter writer = new ReportWriter(client, api);
    writer.readExisting(true);
    writer.readExisting(false);
    Instant at = clock.instant();
    List<Problem> problems =
        ClusterScan.run(
            client, surroundings, listener.andThen(scanned -> writer.take(scanned, at)));
    // What could not be listed is not known to be clean.
    int removed = problems.isEmpty() ? writer.removeOthers() : 0;
    return new Result(
        writer.wanted.size(), writer.written, removed, writer.leftOut, List.copyOf(problems));
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

  private void take(Scanned scanned, Instant at) {
    if (scanned.result().findings().isEmpty()) {
      return;
    }
    if (wanted.size() >= MAX_REPORTS) {
      leftOut++;
      return;
    }
    Key key = new Key(scanned.subject().namespace(), ReportDocument.nameFor(scanned.subject()));
    wanted.add(key);
    if (!ReportDocument.digest(scanned).equals(existing.get(key))) {
      write(key, ReportDocument.of(scanned, api, at).toString());
    }
  }

  private void write(Key key, String report) {
    LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
    boolean isNamespaced = !key.namespace().isEmpty();
    var reports = client.genericKubernetesResources(api.context(isNamespaced));
    GenericKubernetesResource wholly =
        Serialization.unmarshal(report, GenericKubernetesResource.class);
    var resource =
        isNamespaced
            ? reports.inNamespace(key.namespace()).resource(wholly)
            : reports.resource(wholly);
    resource.fieldManager(ReportDocument.OURS).forceConflicts().serverSideApply();
    written++;
  }

  private int removeOthers() {
    int removed = 0;
    for (Key key : existing.keySet()) {
      if (!wanted.contains(key)) {
        LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
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
