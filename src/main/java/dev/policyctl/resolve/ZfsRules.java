package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts.Zfs;
import dev.policyctl.model.HostFacts.ZfsPool;
import java.util.List;
import java.util.Optional;

/** A file of a ZFS dataset, or a ZFS volume (zfsprops(7), zfs(4)). */
final class ZfsRules implements StorageRules {
  private final Site site;

  ZfsRules(Site site) {
    this.site = site;
  }

  @Override
  public Fact<Boolean> cow() {
    return Fact.known(true, "ZFS is always copy-on-write");
  }

  @Override
  public Fact<Boolean> checksums() {
    Optional<String> property = site.zfs().flatMap(Zfs::checksum);
    if (property.isPresent()) {
      return Fact.known(
          !property.get().equals("off"), dataset() + " has `checksum=" + property.get() + "`");
    }
    return site.placement().filesystem().is("zfs")
        ? Fact.known(true, "ZFS keeps checksums unless they are switched off")
        : Fact.unknown(
            site.missing(
                Field.STORAGE_CHECKSUMS,
                "the dataset's `checksum` decides: " + site.host().helpToProbe()));
  }

  @Override
  public Fact<List<String>> profiles() {
    return redundancy()
        .map(known -> Fact.known(List.of(known), "the pool's data is on `" + known + "`"))
        .orElseGet(() -> Fact.unknown(site.missing(Field.STORAGE_PROFILES)));
  }

  @Override
  public Fact<Boolean> redundant() {
    boolean copies = site.zfs().map(Zfs::copies).filter(it -> it.orElse(1) > 1).isPresent();
    if (copies) {
      return Fact.known(true, dataset() + " keeps several copies");
    }
    return profiles().flatMap(known -> redundant(known.get(0)));
  }

  private Fact<Boolean> redundant(String redundancy) {
    for (String kind : List.of("mirror", "raidz", "draid")) {
      if (redundancy.startsWith(kind)) {
        return Fact.known(true);
      }
    }
    boolean oneCopy = site.zfs().map(Zfs::copies).filter(it -> it.orElse(0) == 1).isPresent();
    return redundancy.equals("stripe") && oneCopy
        ? Fact.known(false, dataset() + " keeps one copy")
        : Fact.unknown(
            site.missing(
                Field.STORAGE_REDUNDANT,
                "the dataset's `copies` decide: " + site.host().helpToProbe()));
  }

  private Optional<String> redundancy() {
    return site.zfs().flatMap(Zfs::redundancy).or(() -> site.pool().flatMap(ZfsPool::redundancy));
  }

  @Override
  public Fact<String> directWrites() {
    if (site.zvol()) {
      return Fact.known("buffered", "ZFS volumes have no direct I/O");
    }
    if (direct().equals("disabled")) {
      return Fact.known("buffered", dataset() + " has `direct=disabled`");
    }
    Optional<LeadingNumbers> version = site.host().zfs();
    if (version.isEmpty()) {
      return Fact.unknown(site.host().missingZfs());
    }
    if (!ZfsThresholds.ACCEPTS_DIRECT.isReachedBy(version.get())) {
      return Fact.known("refused", version() + " refuses O_DIRECT");
    }
    if (!ZfsThresholds.WRITES_DIRECTLY.isReachedBy(version.get())) {
      return Fact.known("buffered", version() + " buffers direct writes");
    }
    return site.zfs().flatMap(Zfs::verify).orElse(true)
        ? Fact.known("verified", version() + " verifies direct writes")
        : Fact.known("inPlace", "the host's ZFS does not verify direct writes");
  }

  @Override
  public Fact<Boolean> alwaysDirect() {
    if (site.zvol()) {
      return Fact.known(false);
    }
    boolean older =
        site.host().zfs().filter(it -> !ZfsThresholds.WRITES_DIRECTLY.isReachedBy(it)).isPresent();
    if (older) {
      return Fact.known(false, version() + " knows no `direct=always`");
    }
    return direct().isEmpty()
        ? Fact.unknown(
            site.missing(
                Field.STORAGE_ALWAYS_DIRECT,
                "the dataset's `direct` decides: " + site.host().helpToProbe()))
        : Fact.known(direct().equals("always"), dataset() + " has `direct=" + direct() + "`");
  }

  /** The dataset's property; empty when it is not known. */
  private String direct() {
    return site.zfs().flatMap(Zfs::direct).orElse("");
  }

  private String dataset() {
    return site.zfs().map(it -> "`" + it.dataset() + "`").orElse("the dataset");
  }

  private String version() {
    return "OpenZFS " + site.host().values().get(Field.HOST_ZFS).ifKnown().orElse("");
  }
}
