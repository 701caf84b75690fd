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
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One pass over what exists in a cluster. Objects are listed in pages and kept small; what a
 * controller made of a template that is judged itself is left out. Where the cluster is watched
 * already, no more than a page is held, and the machines.
 */
public final class ClusterScan {
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final List<Problem> problems = new ArrayList<>();

  /** An object that was found. */
  private record Listed(Subject subject, KubeObject object) {
    Listed packed() {
      return new Listed(subject, object.packed());
    }

    Scanned judged(Cluster cluster, Surroundings surroundings) {
      FileResult result = ObjectLinter.lint(object.unpacked(), cluster, surroundings);
      return new Scanned(subject, result.named(subject.toString()));
    }
  }

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
   * @param watched what is remembered of what objects refer to; empty where nothing is
   * @param sink takes every object that was judged
   * @return kinds that could not be listed; a kind that the cluster does not have is none
   */
  public static List<Problem> run(
      KubernetesClient client,
      Optional<Cluster> watched,
      Surroundings surroundings,
      Consumer<Scanned> sink) {
    ClusterScan scan = new ClusterScan(client);
    List<Listed> kept = new ArrayList<>();
    List<WatchedKind> later = new ArrayList<>();
    for (WatchedKind kind : WatchedKind.SCANNED) {
      if (watched.isEmpty() || kind.isMachine()) {
        scan.list(kind, one -> kept.add(one.packed()));
      } else {
        later.add(kind);
      }
    }
    Cluster cluster =
        watched
            .orElseGet(() -> Cluster.of(List.of()))
            .with(kept.stream().map(Listed::object).toList());
    Consumer<Listed> judge = one -> sink.accept(one.judged(cluster, surroundings));
    kept.forEach(judge);
    later.forEach(kind -> scan.list(kind, judge));
    return scan.problems;
  }

  private void list(WatchedKind kind, Consumer<Listed> sink) {
    ListOptions options = new ListOptionsBuilder().withLimit(PAGE).build();
    do {
      Optional<GenericKubernetesResourceList> page = page(kind, options);
      page.ifPresent(it -> it.getItems().forEach(item -> take(kind, item, sink)));
      options.setContinue(page.map(it -> it.getMetadata().getContinue()).orElse(""));
    } while (options.getContinue() != null && !options.getContinue().isEmpty());
  }

  private Optional<GenericKubernetesResourceList> page(WatchedKind kind, ListOptions options) {
    try {
      return Optional.of(
          client.genericKubernetesResources(kind.context()).inAnyNamespace().list(options));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND || kind.isAlwaysThere()) {
        problems.add(
            Problem.error(
                Location.ofFile(kind.plural()),
                "cannot be listed: " + e.getMessage(),
                "see to it that this user may list `" + kind.plural() + "`"));
      }
      return Optional.empty();
    }
  }

  private static void take(
      WatchedKind kind, GenericKubernetesResource item, Consumer<Listed> sink) {
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
        .ifPresent(found -> sink.accept(new Listed(subject, found)));
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
