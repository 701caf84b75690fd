package dev.policyctl.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Documents of ours of one kind, read as they come. Of one that has become broken the last good
 * version goes on; its status tells what is wrong, and so does the log.
 *
 * @param <T> what is read from a document
 */
final class Documents<T> implements ResourceEventHandler<GenericKubernetesResource> {
  private static final Logger LOG = Logger.getLogger("policyctl");

  private final WatchedKind kind;
  private final Function<SourceText, Read<T>> reader;
  private final StatusWriter statuses;
  private final Runnable whenChanged;
  private final Map<String, T> good = new TreeMap<>();
  private final Map<String, Seen> seen = new TreeMap<>();

  /**
   * What one document says.
   *
   * @param value empty when it is broken
   */
  record Read<T>(Optional<T> value, List<Problem> problems) {}

  /** The version that was read last, and what came of it. */
  private record Seen(String uid, Condition condition) {
    boolean isOf(GenericKubernetesResource resource) {
      return uid.equals(resource.getMetadata().getUid())
          && condition.generation() == generation(resource);
    }
  }

  /**
   * @param whenChanged runs when values have changed
   */
  Documents(
      WatchedKind kind,
      Function<SourceText, Read<T>> reader,
      StatusWriter statuses,
      Runnable whenChanged) {
    this.kind = kind;
    this.reader = reader;
    this.statuses = statuses;
    this.whenChanged = whenChanged;
  }

  @Override
  public synchronized void onAdd(GenericKubernetesResource added) {
    String name = added.getMetadata().getName();
    Seen known = seen.get(name);
    // Statuses that are written come back as changes, of the same generation.
    boolean isNew = known == null || !known.isOf(added);
    Condition condition = isNew ? read(name, added) : known.condition();
    seen.put(name, new Seen(added.getMetadata().getUid(), condition));
    StatusWriter.Document document = new StatusWriter.Document(kind, name);
    if (isToWrite(condition, added)) {
      statuses.put(document, condition);
    } else {
      statuses.forget(document);
    }
    if (isNew) {
      whenChanged.run();
    }
  }

  private Condition read(String name, GenericKubernetesResource resource) {
    SourceText text = Objects.document(resource);
    Read<T> read = reader.apply(text);
    read.value().ifPresent(value -> good.put(name, value));
    if (read.value().isPresent()) {
      return Condition.ready(List.of(), generation(resource));
    }
    DocumentPlaces places = DocumentPlaces.of(text);
    Condition condition =
        Condition.ready(
            read.problems().stream().map(places::told).distinct().toList(), generation(resource));
    LOG.log(
        Level.WARNING,
        "{0} {1} is broken{2}: {3}",
        new Object[] {
          kind.kind(),
          name,
          good.containsKey(name) ? ", its last good version goes on" : "",
          condition.message()
        });
    return condition;
  }

  private boolean isToWrite(Condition condition, GenericKubernetesResource resource) {
    ObjectNode document = Objects.json(resource);
    boolean isSaid = condition.isIn(document);
    // What is refreshed every few minutes is told of only when something is wrong, or was.
    return kind.isRefreshed()
        ? (condition.holds() ? Condition.isRefusedIn(document) : !isSaid)
        : !isSaid;
  }

  static long generation(GenericKubernetesResource resource) {
    Long generation = resource.getMetadata().getGeneration();
    return generation == null ? 0 : generation;
  }

  @Override
  public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource changed) {
    onAdd(changed);
  }

  @Override
  public synchronized void onDelete(GenericKubernetesResource gone, boolean isOnlyLastKnown) {
    String name = gone.getMetadata().getName();
    good.remove(name);
    seen.remove(name);
    statuses.forget(new StatusWriter.Document(kind, name));
    whenChanged.run();
  }

  /** All of a kind; none where the cluster does not have it. */
  static List<GenericKubernetesResource> list(KubernetesClient client, WatchedKind kind) {
    try {
      List<GenericKubernetesResource> items =
          client.genericKubernetesResources(kind.context()).list().getItems();
      // The items of a list do not always say what they are.
      for (GenericKubernetesResource item : items) {
        item.setApiVersion(kind.apiVersion());
        item.setKind(kind.kind());
      }
      return items;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  /** By name. */
  synchronized List<T> values() {
    return List.copyOf(good.values());
  }

  synchronized int broken() {
    return (int) seen.values().stream().filter(it -> !it.condition().holds()).count();
  }
}
