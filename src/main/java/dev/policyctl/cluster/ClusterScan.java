package dev.policyctl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.format.kubernetes.JsonKubeNode;
import dev.policyctl.format.kubernetes.KubeObject;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.ObjectLinter;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One pass over what exists in a cluster. Objects are listed in pages and kept small; what a
 * controller made of a template that is judged itself is left out.
 */
public final class ClusterScan {
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final List<Listed> listed = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  /** An object that was found. */
  private record Listed(Subject subject, KubeObject object) {}

  /**
   * What was judged.
   *
   * @param namespace empty for an object of the cluster
   */
  public record Subject(String apiVersion, String kind, String namespace, String name, String uid) {
    @Override
    public String toString() {
      return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
  }

  /** What came of one object; its findings name the object where others name a file. */
  public record Scanned(Subject subject, FileResult result) {}

  private ClusterScan(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Lists and judges.
   *
   * @param sink takes every object that was judged, kind by kind
   * @return kinds that could not be listed; a kind that the cluster does not have is none
   */
  public static List<Problem> run(
      KubernetesClient client, Surroundings surroundings, Consumer<Scanned> sink) {
    ClusterScan scan = new ClusterScan(client);
    Stream.concat(WatchedKind.REFERENCES.stream(), WatchedKind.MAKERS.stream()).forEach(scan::list);
    Cluster cluster = Cluster.of(scan.listed.stream().map(Listed::object).toList());
    for (Listed one : scan.listed) {
      FileResult result = ObjectLinter.lint(one.object().unpacked(), cluster, surroundings);
      sink.accept(new Scanned(one.subject(), result.named(one.subject().toString())));
    }
    return scan.problems;
  }

  private void list(WatchedKind kind) {
    ListOptions options = new ListOptionsBuilder().withLimit(PAGE).build();
    try {
      do {
        GenericKubernetesResourceList page =
            client.genericKubernetesResources(kind.context()).inAnyNamespace().list(options);
        page.getItems().forEach(item -> add(kind, item));
        options.setContinue(page.getMetadata().getContinue());
      } while (options.getContinue() != null && !options.getContinue().isEmpty());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND || kind.isAlwaysThere()) {
        problems.add(
            Problem.error(
                Location.ofFile(kind.plural()),
                "cannot be listed: " + e.getMessage(),
                "see to it that this user may list `" + kind.plural() + "`"));
      }
    }
  }

  private void add(WatchedKind kind, GenericKubernetesResource item) {
    ObjectNode object = Objects.json(item);
    object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    if (isMade(object)) {
      return;
    }
    Subject subject =
        new Subject(
            kind.apiVersion(),
            kind.kind(),
            item.getMetadata().getNamespace() == null ? "" : item.getMetadata().getNamespace(),
            item.getMetadata().getName(),
            item.getMetadata().getUid());
    KubeObject.inCluster(new JsonKubeNode(Objects.lean(object, kind.kind())))
        .map(KubeObject::packed)
        .ifPresent(found -> listed.add(new Listed(subject, found)));
  }

  private static boolean isMade(JsonNode object) {
    for (JsonNode owner : object.at("/metadata/ownerReferences")) {
      boolean isJudged =
          WatchedKind.MAKERS.stream()
              .anyMatch(maker -> maker.kind().equals(owner.path("kind").asText()));
      if (owner.path("controller").asBoolean() && isJudged) {
        return true;
      }
    }
    return false;
  }
}
