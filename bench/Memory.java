import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.admission.Review;
import dev.policyctl.admission.Reviewer;
import dev.policyctl.admission.World;
import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.format.kubernetes.JsonKubeNode;
import dev.policyctl.format.kubernetes.KubeObject;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.StorageCatalog;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What 100,000 PersistentVolumes and as many claims take in memory, and a million reviews among them. */
public final class Memory {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OBJECTS = 100_000;
  private static final int REVIEWS = 1_000_000;

  public static void main(String[] args) throws Exception {
    World empty = world(Cluster.of(List.of()));
    byte[][] bodies = new byte[1000][];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = review(i * (OBJECTS / bodies.length));
    }
    answer(empty, bodies, 50_000);
    long before = used();
    Cluster cluster = Cluster.of(List.of());
    for (int i = 0; i < OBJECTS; i++) {
      cluster.put(object(volume(i)));
      cluster.put(object(claim(i)));
    }
    long filled = used();
    System.out.printf(
        "%,d volumes and claims: %d MiB, %d bytes an object%n",
        2 * OBJECTS, (filled - before) >> 20, (filled - before) / (2 * OBJECTS));
    World world = world(cluster);
    long[] times = answer(world, bodies, REVIEWS);
    Arrays.sort(times);
    System.out.printf(
        "%,d reviews among them, without a network: p50 %.0f us, p99 %.0f us, %.0f a second on one processor%n",
        REVIEWS,
        times[REVIEWS / 2] / 1e3,
        times[(int) (REVIEWS * 0.99)] / 1e3,
        REVIEWS / (Arrays.stream(times).sum() / 1e9));
    times = new long[0];
    System.out.printf("heap before and after them: %d and %d MiB%n", filled >> 20, used() >> 20);
    if (cluster.hashCode() == 0) {
      System.out.println();
    }
  }

  private static World world(Cluster cluster) {
    return new World(
        new Surroundings(
            StorageCatalog.NONE,
            List.of(),
            Optional.empty(),
            PolicyFiles.load(List.of()).policies()),
        cluster);
  }

  private static long[] answer(World world, byte[][] bodies, int count) throws Exception {
    Reviewer reviewer = new Reviewer(() -> world, (review, outcome) -> {}, true);
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      ObjectNode answer = reviewer.validate(Review.read(bodies[i % bodies.length]));
      times[i] = System.nanoTime() - start;
      if (answer.isEmpty()) {
        throw new IllegalStateException();
      }
    }
    return times;
  }

  private static KubeObject object(String json) throws Exception {
    return KubeObject.inCluster(new JsonKubeNode(JSON.readTree(json))).orElseThrow().packed();
  }

  private static String claim(int i) {
    return """
        {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data-%d","namespace":"ns-%d",
        "labels":{"app":"shop","tier":"db"},"annotations":{"pv.kubernetes.io/bind-completed":"yes",
        "volume.kubernetes.io/storage-provisioner":"rancher.io/local-path"}},"spec":{"accessModes":["ReadWriteOnce"],
        "resources":{"requests":{"storage":"10Gi"}},"storageClassName":"local-path","volumeMode":"Filesystem","volumeName":"pvc-%d"}}
        """
        .formatted(i, i % 500, i);
  }

  private static String volume(int i) {
    return """
        {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"pvc-%d","annotations":
        {"pv.kubernetes.io/provisioned-by":"rancher.io/local-path"}},"spec":{"accessModes":["ReadWriteOnce"],
        "capacity":{"storage":"10Gi"},"claimRef":{"apiVersion":"v1","kind":"PersistentVolumeClaim","name":"data-%d","namespace":"ns-%d",
        "uid":"5ca1ab1e-0000-4000-8000-%012d"},"hostPath":{"path":"/opt/local-path-provisioner/pvc-%d","type":"DirectoryOrCreate"},
        "nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"kubernetes.io/hostname","operator":"In","values":["node-%d"]}]}]}},
        "persistentVolumeReclaimPolicy":"Delete","storageClassName":"local-path","volumeMode":"Filesystem"}}
        """
        .formatted(i, i, i % 500, i, i, i % 50);
  }

  private static byte[] review(int i) {
    return """
        {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"%d","operation":"CREATE",
        "kind":{"group":"kubevirt.io","version":"v1","kind":"VirtualMachine"},"namespace":"ns-%d","name":"vm-%d",
        "object":{"apiVersion":"kubevirt.io/v1","kind":"VirtualMachine","metadata":{"name":"vm-%d","namespace":"ns-%d"},
        "spec":{"template":{"spec":{"domain":{"devices":{"disks":[{"name":"root","cache":"writeback","disk":{"bus":"virtio"}}]}},
        "volumes":[{"name":"root","persistentVolumeClaim":{"claimName":"data-%d"}}]}}}}}}
        """
        .formatted(i, i % 500, i, i, i % 500, i)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
