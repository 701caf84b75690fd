package dev.policyctl.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes into documents whether they are in force, on a thread of its own: a server that does not
 * answer holds up neither what is read nor what is judged. What could not be written is tried again
 * while this process is the leader.
 */
final class StatusWriter {
  private static final Logger LOG = Logger.getLogger("policyctl");
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final Clock clock;
  private final BooleanSupplier isLeader;
  private final Soon write;
  private final Map<Document, Condition> due = new LinkedHashMap<>();

  /** Which one. */
  record Document(WatchedKind kind, String name) {}

  /**
   * @param worker of one thread, which may be held up
   */
  StatusWriter(
      KubernetesClient client,
      Clock clock,
      BooleanSupplier isLeader,
      ScheduledExecutorService worker) {
    this.client = client;
    this.clock = clock;
    this.isLeader = isLeader;
    this.write = new Soon(worker, this::writeAll);
  }

  /** The condition is to be written, in place of an earlier one that was not yet. */
  void put(Document document, Condition condition) {
    synchronized (due) {
      due.put(document, condition);
    }
    tryNow();
  }

  /** Nothing is to be written any more: it is there already, or the document is gone. */
  void forget(Document document) {
    synchronized (due) {
      due.remove(document);
    }
  }

  /** Writes what is due: of use when this process has become the leader. */
  void tryNow() {
    if (isLeader.getAsBoolean()) {
      write.ask(Duration.ZERO);
    }
  }

  private void writeAll() {
    for (Optional<Document> next = next(); next.isPresent(); next = next()) {
      if (!isLeader.getAsBoolean()) {
        return;
      }
      Document document = next.get();
      Condition condition;
      synchronized (due) {
        condition = due.get(document);
      }
      if (condition != null && !write(document, condition)) {
        write.ask(RETRY);
        return;
      }
      synchronized (due) {
        due.remove(document, condition);
      }
    }
  }

  private Optional<Document> next() {
    synchronized (due) {
      return due.keySet().stream().findFirst();
    }
  }

  private boolean write(Document document, Condition condition) {
    try {
      condition.write(client, document.kind(), document.name(), clock);
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return true;
      }
      LOG.log(
          Level.WARNING,
          "the status of {0} {1} could not be written: {2}",
          new Object[] {document.kind().kind(), document.name(), e.getMessage()});
      return false;
    }
  }
}
