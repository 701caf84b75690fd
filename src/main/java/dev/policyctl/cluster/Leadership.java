package dev.policyctl.cluster;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Which of several processes writes into the cluster, decided by the Lease {@value #NAME}. */
public final class Leadership implements AutoCloseable {
  private static final String NAME = "policyctl";
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration RENEW = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration RELEASE = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final LeaderElectionConfig config;
  private volatile boolean isLeader;
  private volatile boolean isClosed;
  private volatile CompletableFuture<?> election = new CompletableFuture<>();

  /** Takes the name off the Lease when it is given up: a patch does not with a null. */
  private static final class Lock extends LeaseLock {
    Lock(String namespace, String identity) {
      super(namespace, NAME, identity);
    }

    @Override
    protected Lease toResource(LeaderElectionRecord record, ObjectMetaBuilder metadata) {
      Lease lease = super.toResource(record, metadata);
      if (lease.getSpec().getHolderIdentity() == null) {
        lease.getSpec().setHolderIdentity("");
      }
      return lease;
    }
  }

  private Leadership(
      KubernetesClient client, String namespace, String identity, Runnable whenElected) {
    this.client = client;
    this.config =
        new LeaderElectionConfigBuilder()
            .withName(NAME)
            .withLeaseDuration(LEASE)
            .withRenewDeadline(RENEW)
            .withRetryPeriod(RETRY)
            .withReleaseOnCancel(true)
            .withLock(new Lock(namespace, identity))
            .withLeaderCallbacks(
                new LeaderCallbacks(() -> elected(whenElected), () -> isLeader = false, id -> {}))
            .build();
  }

  /**
   * Stands for election, again and again.
   *
   * @param identity of this process, such as the pod's name
   * @param whenElected runs when this process has become the leader
   */
  public static Leadership seek(
      KubernetesClient client, String namespace, String identity, Runnable whenElected) {
    Leadership leadership = new Leadership(client, namespace, identity, whenElected);
    leadership.stand();
    return leadership;
  }

  private void stand() {
    election = client.leaderElector().withConfig(config).build().start();
    var unused =
        election.whenComplete(
            (done, failure) -> {
              isLeader = false;
              if (!isClosed) {
                stand();
              }
            });
  }

  private void elected(Runnable whenElected) {
    isLeader = true;
    whenElected.run();
  }

  public boolean isLeader() {
    return isLeader;
  }

  /** Gives the lease up, unless the API server takes too long to hear of it. */
  @Override
  public void close() {
    isClosed = true;
    Thread release = new Thread(() -> election.cancel(true), "policyctl-lease");
    release.setDaemon(true);
    release.start();
    try {
      release.join(RELEASE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    isLeader = false;
  }
}
