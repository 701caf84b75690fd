package dev.policyctl.cluster;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes events on refused objects: a few a second at the most, from a queue that is bounded; what
 * does not fit is counted and left out.
 */
public final class EventWriter implements AutoCloseable {
  private static final int QUEUE = 100;
  private static final int MAX_NOTE = 1000;
  private static final Duration BETWEEN = Duration.ofMillis(500);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final Clock clock;
  private final String instance;
  private final BlockingQueue<Refusal> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong leftOut = new AtomicLong();
  private final Thread thread = new Thread(this::work, "policyctl-events");
  private volatile boolean isClosed;

  /**
   * What was refused.
   *
   * @param namespace empty for an object of the cluster
   */
  public record Refusal(
      String apiVersion, String kind, String namespace, String name, String message) {}

  /**
   * @param instance of this service, such as the pod's name
   */
  public EventWriter(KubernetesClient client, Clock clock, String instance) {
    this.client = client;
    this.clock = clock;
    this.instance = instance;
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes note and returns at once. */
  public void refused(Refusal refusal) {
    if (!queue.offer(refusal)) {
      leftOut.incrementAndGet();
    }
  }

  /** How many refusals got no event. */
  public long leftOut() {
    return leftOut.get();
  }

  private void work() {
    try {
      while (!isClosed) {
        Refusal refusal = queue.poll(1, TimeUnit.SECONDS);
        if (refusal != null) {
          write(refusal);
          LockSupport.parkNanos(BETWEEN.toNanos());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Refusal refusal) {
    // An event of a cluster's object stands in the namespace `default`, as the API server wants it.
    String namespace = refusal.namespace().isEmpty() ? "default" : refusal.namespace();
    String note = refusal.message();
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withGenerateName("policyctl-")
            .withNamespace(namespace)
            .endMetadata()
            .withEventTime(new MicroTime(MICROS.format(clock.instant())))
            .withType("Warning")
            .withReason("PolicyViolation")
            .withAction("Refused")
            .withReportingController("policyctl.dev/policyctl")
            .withReportingInstance(instance)
            .withNote(note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE))
            .withNewRegarding()
            .withApiVersion(refusal.apiVersion())
            .withKind(refusal.kind())
            .withNamespace(refusal.namespace().isEmpty() ? null : refusal.namespace())
            .withName(refusal.name())
            .endRegarding()
            .build();
    try {
      client.events().v1().events().inNamespace(namespace).resource(event).create();
    } catch (KubernetesClientException e) {
      leftOut.incrementAndGet();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }
}
