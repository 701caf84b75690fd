package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts.DirectWrites;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Values;
import dev.policyctl.model.VolumeLocator;
import java.util.Optional;

/** The storage's fields, from the place where a volume lies. */
final class StorageResolver {
  private StorageResolver() {}

  /** Fields of the storage and the host, as far as they are the same for every format. */
  static Values resolve(Site site, Fact<Boolean> directByDefault, VolumeLocator locator) {
    Placement placement = site.placement();
    Fact<String> filesystem = FilesystemFinder.find(site);
    Fact<Boolean> nocowOption = locator.nocowOption(placement, filesystem);
    StorageRules rules = rules(site, filesystem, nocowOption);
    BlockLayers layers = new BlockLayers(site);
    boolean plain =
        filesystem.ifKnown().filter(FilesystemKinds::isPlain).isPresent()
            && !site.access().is("network");
    return Values.builder()
        .setAll(site.host().values())
        .set(Field.STORAGE_ID, placement.storageId())
        .set(Field.STORAGE_TYPE, placement.type())
        .set(Field.STORAGE_ACCESS, site.access())
        .set(Field.STORAGE_PATH, site.path())
        .set(Field.STORAGE_FILESYSTEM, filesystem)
        .set(Field.STORAGE_NOCOW_OPTION, nocowOption)
        .set(Field.STORAGE_DIRECT_BY_DEFAULT, directByDefault)
        .set(
            Field.STORAGE_CHECKSUMS,
            layers.checksums(filesystem.flatMap(known -> rules.checksums()), plain))
        .set(Field.STORAGE_COW, filesystem.flatMap(known -> rules.cow()))
        .set(Field.STORAGE_PROFILES, rules.profiles())
        .set(Field.STORAGE_REDUNDANT, rules.redundant())
        .set(Field.STORAGE_DIRECT_WRITES, directWrites(site, rules))
        .set(Field.STORAGE_ALWAYS_DIRECT, rules.alwaysDirect())
        .set(Field.STORAGE_MIRRORED_BELOW, layers.mirrored(filesystem))
        .build();
  }

  private static StorageRules rules(Site site, Fact<String> filesystem, Fact<Boolean> nocowOption) {
    Optional<Missing> missing = filesystem.whatIsMissing();
    return missing.isPresent()
        ? new UnknownRules(missing.get())
        : FilesystemKinds.rules(site, filesystem.ifKnown().orElseThrow(), nocowOption);
  }

  /** What was observed of the file, then of the mount, goes before what its kind does. */
  private static Fact<String> directWrites(Site site, StorageRules rules) {
    Optional<DirectWrites> ofFile = site.file().flatMap(HostFile::directWrites);
    boolean refused = !site.file().flatMap(HostFile::opensDirect).orElse(true);
    if (ofFile.isEmpty() && refused) {
      return Fact.known("refused", "the file does not open with O_DIRECT");
    }
    return ofFile
        .or(() -> site.directory().flatMap(HostFile::directWrites))
        .or(() -> site.mount().flatMap(Filesystem::directWrites))
        .map(it -> Fact.known(it.value(), "the host's facts say so: " + it.evidence()))
        .orElseGet(rules::directWrites);
  }
}
