package dev.policyctl.format.kubernetes;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.util.ArrayList;
import java.util.List;

/** Reads the objects of one file, each as the guest or the storage definition that it is. */
final class GuestReader {
  private final Cluster cluster;
  private final Drivers drivers;
  private final SourceText source;
  private final List<Problem> problems;
  private final Shape shape;
  private final ClaimJoin claims;
  private final List<ParsedGuest> guests = new ArrayList<>();
  private final List<ParsedStorage> storages = new ArrayList<>();

  /**
   * @param problems of the text so far; those of its objects are added
   */
  GuestReader(Cluster cluster, Drivers drivers, SourceText source, List<Problem> problems) {
    this.cluster = cluster;
    this.drivers = drivers;
    this.source = source;
    this.problems = problems;
    this.shape = new Shape(source, problems);
    this.claims = new ClaimJoin(cluster, drivers);
  }

  void read(KubeObject object) {
    switch (object.objectKind().template()) {
      case MACHINE -> guests.add(new MachineReader(cluster, claims, drivers, shape, object).read());
      case POD -> {
        if (!isLauncher(object)) {
          guests.add(new WorkloadReader(cluster, claims, drivers, shape, object).read());
        }
      }
      case NONE -> readStorage(object);
    }
  }

  /** The pod that a machine runs in: the machine itself says more. */
  private static boolean isLauncher(KubeObject pod) {
    return pod.metadata().get("labels").get("kubevirt.io").text().equals("virt-launcher");
  }

  private void readStorage(KubeObject object) {
    ClaimReader reader = new ClaimReader(claims, shape);
    switch (object.objectKind()) {
      case CLAIM -> guests.add(reader.ofClaim(object, isBare(object)));
      case DATA_VOLUME -> {
        if (!isAmong(ObjectKind.CLAIM, object)) {
          guests.add(reader.ofClaim(object, isBare(object)));
        }
      }
      case VOLUME -> {
        if (!cluster.isClaimed(object)) {
          guests.add(reader.ofVolume(object));
        }
      }
      case STORAGE_CLASS -> storages.add(new ClassReader(drivers, shape).read(object));
      default -> {}
    }
  }

  /** A claim that a guest here uses is written as that guest says, and judged with it. */
  private boolean isBare(KubeObject claim) {
    return !cluster.isUsed(claim.namespace(), claim.name());
  }

  /** The claim that CDI made of a DataVolume says what became of it. */
  private boolean isAmong(ObjectKind kind, KubeObject object) {
    return cluster.find(kind, object.namespace(), object.name()).isPresent();
  }

  ParsedFile result() {
    return new ParsedFile(source, guests, storages, problems);
  }
}
