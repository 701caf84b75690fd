package dev.policyctl.facts;

import dev.policyctl.model.HostFacts;
import dev.policyctl.model.HostFacts.Bcachefs;
import dev.policyctl.model.HostFacts.Btrfs;
import dev.policyctl.model.HostFacts.DirectWrites;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.model.HostFacts.Layer;
import dev.policyctl.model.HostFacts.Loop;
import dev.policyctl.model.HostFacts.StorageClassPath;
import dev.policyctl.model.HostFacts.VolumeGroup;
import dev.policyctl.model.HostFacts.Zfs;
import dev.policyctl.model.HostFacts.ZfsPool;
import dev.policyctl.yaml.StrictMapping;
import dev.policyctl.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads the {@code spec} of one HostFacts document. */
final class SpecReader {
  /** Values of {@code storage.directWrites}. */
  private static final List<String> DIRECT_WRITES =
      List.of("inPlace", "buffered", "bounced", "verified", "refused");

  /** As /sys/fs/btrfs/UUID/allocation names them. */
  private static final List<String> BTRFS_PROFILES =
      List.of("single", "dup", "raid0", "raid1", "raid1c3", "raid1c4", "raid10", "raid5", "raid6");

  /** Values of the property {@code direct}, zfsprops(7). */
  private static final List<String> ZFS_DIRECT = List.of("standard", "always", "disabled");

  private final StrictMapping spec;

  SpecReader(StrictMapping spec) {
    this.spec = spec;
  }

  HostFacts read(String name) {
    HostFacts facts =
        new HostFacts(
            name,
            spec.string("collectedAt"),
            nested(spec, "kernel", kernel -> kernel.string("release")).flatMap(found -> found),
            nested(spec, "zfs", zfs -> zfs.string("version")).flatMap(found -> found),
            each(spec, "filesystems", SpecReader::filesystem),
            each(spec, "files", SpecReader::file),
            each(spec, "volumeGroups", SpecReader::volumeGroup),
            each(spec, "zfsPools", SpecReader::zfsPool),
            each(spec, "storageClasses", SpecReader::storageClass));
    spec.finish();
    return facts;
  }

  private static <T> Optional<T> nested(
      StrictMapping parent, String key, Function<StrictMapping, T> reader) {
    return parent.mapping(key).map(mapping -> complete(mapping, reader));
  }

  private static <T> List<T> each(
      StrictMapping parent, String key, Function<StrictMapping, T> reader) {
    List<T> all = new ArrayList<>();
    parent.mappings(key).forEach(mapping -> all.add(complete(mapping, reader)));
    return all;
  }

  private static <T> T complete(StrictMapping mapping, Function<StrictMapping, T> reader) {
    T value = reader.apply(mapping);
    mapping.finish();
    return value;
  }

  private static Filesystem filesystem(StrictMapping mapping) {
    return new Filesystem(
        absolutePath(mapping, "mountPoint"),
        mapping.string("source"),
        mapping.requiredString("type"),
        mapping.strings("options"),
        nested(mapping, "btrfs", SpecReader::btrfs),
        nested(mapping, "zfs", SpecReader::zfs),
        nested(mapping, "bcachefs", SpecReader::bcachefs),
        below(mapping),
        directWrites(mapping));
  }

  private static Btrfs btrfs(StrictMapping mapping) {
    return new Btrfs(
        mapping.string("uuid"),
        mapping.manyOf("dataProfiles", BTRFS_PROFILES),
        mapping.manyOf("metadataProfiles", BTRFS_PROFILES),
        mapping.string("checksum"),
        count(mapping, "devices"),
        mapping.bool("degraded"));
  }

  private static Zfs zfs(StrictMapping mapping) {
    return new Zfs(
        mapping.requiredString("dataset"),
        mapping.string("checksum"),
        mapping.oneOf("direct", ZFS_DIRECT),
        mapping.string("redundancy"),
        count(mapping, "copies"),
        mapping.bool("verify"));
  }

  private static Bcachefs bcachefs(StrictMapping mapping) {
    return new Bcachefs(mapping.string("dataChecksum"), count(mapping, "dataReplicas"));
  }

  private static HostFile file(StrictMapping mapping) {
    return new HostFile(
        absolutePath(mapping, "path"),
        mapping.bool("noCow"),
        mapping.bool("compressed"),
        mapping.bool("directory"),
        mapping.bool("opensDirect"),
        natural(mapping, "inode"),
        natural(mapping, "root"),
        nested(mapping, "loop", SpecReader::loop).flatMap(found -> found),
        directWrites(mapping));
  }

  private static Optional<Loop> loop(StrictMapping mapping) {
    String device = mapping.requiredString("device");
    Optional<Boolean> directIo = mapping.bool("directIo");
    if (mapping.node("directIo").isEmpty()) {
      mapping.report(mapping.span(), "`loop` lacks `directIo`", "add `directIo:`");
    }
    return directIo.map(known -> new Loop(device, known));
  }

  private static VolumeGroup volumeGroup(StrictMapping mapping) {
    return new VolumeGroup(mapping.requiredString("name"), below(mapping));
  }

  private static ZfsPool zfsPool(StrictMapping mapping) {
    return new ZfsPool(
        mapping.requiredString("name"),
        mapping.string("redundancy"),
        below(mapping),
        each(mapping, "datasets", SpecReader::zfs));
  }

  private static StorageClassPath storageClass(StrictMapping mapping) {
    return new StorageClassPath(mapping.requiredString("name"), absolutePath(mapping, "path"));
  }

  /** Absent and empty differ: an empty list says that there is nothing below. */
  private static Optional<List<Layer>> below(StrictMapping mapping) {
    boolean isList =
        mapping.node("below").filter(node -> node instanceof YamlNode.Sequence).isPresent();
    List<Layer> layers = each(mapping, "below", SpecReader::layer);
    return isList ? Optional.of(layers) : Optional.empty();
  }

  private static Layer layer(StrictMapping mapping) {
    return new Layer(
        mapping.requiredString("name"), mapping.requiredString("kind"), mapping.bool("journal"));
  }

  private static Optional<DirectWrites> directWrites(StrictMapping parent) {
    return nested(
            parent,
            "directWrites",
            mapping -> {
              Optional<String> value = mapping.oneOf("value", DIRECT_WRITES);
              if (mapping.node("value").isEmpty()) {
                mapping.requiredString("value");
              }
              String evidence = mapping.requiredString("evidence");
              return value.map(known -> new DirectWrites(known, evidence));
            })
        .flatMap(found -> found);
  }

  private static String absolutePath(StrictMapping mapping, String key) {
    String path = mapping.requiredString(key);
    boolean isString = mapping.node(key).filter(node -> node.kind().equals("a string")).isPresent();
    if (isString && !path.startsWith("/")) {
      mapping.report(
          mapping.node(key).orElseThrow().span(),
          "`" + key + "` must be an absolute path, not `" + path + "`",
          "begin it with `/`");
    }
    return path;
  }

  private static OptionalInt count(StrictMapping mapping, String key) {
    OptionalLong number = natural(mapping, key);
    if (number.isPresent() && number.getAsLong() > Integer.MAX_VALUE) {
      mapping.report(
          mapping.node(key).orElseThrow().span(), "`" + key + "` is too large a number", "");
      return OptionalInt.empty();
    }
    return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
  }

  private static OptionalLong natural(StrictMapping mapping, String key) {
    Optional<Long> number = mapping.integer(key);
    if (number.isPresent() && number.get() < 0) {
      mapping.report(
          mapping.node(key).orElseThrow().span(), "`" + key + "` must not be negative", "");
      return OptionalLong.empty();
    }
    return number.map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
