package dev.policyctl.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The watch of one kind: it is taken up again when it is lost, for as long as it takes. */
final class KindWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("policyctl");
  private static final long PAGE = 500;

  private final WatchedKind kind;
  private final SharedIndexInformer<GenericKubernetesResource> informer;
  private volatile boolean isListed;
  private volatile boolean isTaken;
  private volatile boolean isMissing;
  private volatile Optional<Instant> lastContact = Optional.empty();
  private volatile String lastFailure = "";

  /**
   * @param handler hears of the objects, in their order
   * @param whenListed runs when it has heard of all that there are
   */
  KindWatch(
      KubernetesClient client,
      WatchedKind kind,
      ResourceEventHandler<GenericKubernetesResource> handler,
      Consumer<KindWatch> whenListed) {
    this.kind = kind;
    this.informer =
        client
            .genericKubernetesResources(kind.context())
            .inAnyNamespace()
            .withLimit(PAGE)
            .runnableInformer(0);
    informer
        .removeNamespaceIndex()
        .itemStore(new LeanStore(kind))
        .exceptionHandler((isStarted, failure) -> failed(failure))
        .addEventHandler(handler)
        .addEventHandler(new Listed(whenListed));
  }

  void start() {
    var unused = informer.start();
  }

  WatchedKind kind() {
    return kind;
  }

  private boolean failed(Throwable failure) {
    int code = code(failure);
    boolean isRefused = code == HttpURLConnection.HTTP_FORBIDDEN;
    isMissing = !kind.isAlwaysThere() && (code == HttpURLConnection.HTTP_NOT_FOUND || isRefused);
    String told = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    boolean isUsual = isMissing && !isRefused;
    if (!isUsual && !told.equals(lastFailure)) {
      LOG.log(
          Level.WARNING,
          "{0} cannot be watched at the moment: {1}",
          new Object[] {kind.plural(), told});
    }
    lastFailure = told;
    return true;
  }

  private static int code(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException answer) {
        return answer.getCode();
      }
    }
    return 0;
  }

  boolean isListed() {
    return isListed;
  }

  /** What was listed is in use. */
  void taken() {
    isTaken = true;
  }

  /** Whether what there is is in use, or the cluster does not have the kind. */
  boolean isSettled() {
    return isTaken || isMissing;
  }

  /** Takes down the moment when it is watched. */
  void look(Instant now) {
    if (informer.isWatching()) {
      lastContact = Optional.of(now);
    }
  }

  /** Since it was last seen to be watched; empty when it never was. */
  Optional<Duration> age(Instant now) {
    return lastContact.map(last -> Duration.between(last, now));
  }

  @Override
  public void close() {
    informer.close();
  }

  /** Hears, after the objects, that a list of them is complete. */
  private final class Listed implements ResourceEventHandler<GenericKubernetesResource> {
    private final Consumer<KindWatch> whenListed;

    private Listed(Consumer<KindWatch> whenListed) {
      this.whenListed = whenListed;
    }

    @Override
    public void onList(String version, boolean isEmpty) {
      isListed = true;
      isMissing = false;
      lastFailure = "";
      whenListed.accept(KindWatch.this);
    }

    @Override
    public void onAdd(GenericKubernetesResource added) {}

    @Override
    public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource changed) {}

    @Override
    public void onDelete(GenericKubernetesResource gone, boolean isOnlyLastKnown) {}
  }
}
