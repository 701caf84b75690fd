package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts.Bcachefs;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.HostFile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * bcachefs: checksummed unless {@code data_checksum=none} or {@code nocow} (bcachefs commit
 * a8b3a677e786), and then direct writes are bounced (bcachefs documentation, Checksumming).
 */
final class BcachefsRules implements StorageRules {
  private final Site site;

  BcachefsRules(Site site) {
    this.site = site;
  }

  @Override
  public Fact<Boolean> cow() {
    Optional<Boolean> flag = site.file().flatMap(HostFile::noCow);
    if (flag.isPresent()) {
      return Fact.known(!flag.get(), "the file is " + (flag.get() ? "`nocow`" : "copy-on-write"));
    }
    return site.mount()
        .flatMap(Filesystem::options)
        .map(
            options ->
                options.contains("nocow")
                    ? Fact.known(false, site.place() + " is mounted with `nocow`")
                    : Fact.known(true, "files on " + site.place() + " are copy-on-write"))
        .orElseGet(() -> Fact.unknown(site.missing(Field.STORAGE_COW)));
  }

  @Override
  public Fact<Boolean> checksums() {
    Optional<String> algorithm =
        site.mount().flatMap(Filesystem::bcachefs).flatMap(Bcachefs::dataChecksum);
    if (algorithm.filter("none"::equals).isPresent()) {
      return Fact.known(false, site.place() + " has `data_checksum=none`");
    }
    return cow().flatMap(cow -> cow ? checksumsOfCowFile(algorithm) : Fact.known(false));
  }

  private Fact<Boolean> checksumsOfCowFile(Optional<String> algorithm) {
    return algorithm
        .map(known -> Fact.known(true, "data on " + site.place() + " has " + known + " checksums"))
        .orElseGet(() -> Fact.unknown(site.missing(Field.STORAGE_CHECKSUMS)));
  }

  @Override
  public Fact<List<String>> profiles() {
    return Fact.known(List.of());
  }

  @Override
  public Fact<Boolean> redundant() {
    OptionalInt replicas =
        site.mount()
            .flatMap(Filesystem::bcachefs)
            .map(Bcachefs::dataReplicas)
            .orElse(OptionalInt.empty());
    return replicas.isPresent()
        ? Fact.known(replicas.getAsInt() > 1, "`data_replicas` is " + replicas.getAsInt())
        : Fact.unknown(site.missing(Field.STORAGE_REDUNDANT));
  }

  @Override
  public Fact<String> directWrites() {
    return checksums()
        .flatMap(
            checksummed ->
                checksummed
                    ? Fact.known("bounced", "bcachefs copies direct writes to checksummed data")
                    : Fact.known("inPlace", "bcachefs writes in place what it does not checksum"));
  }
}
