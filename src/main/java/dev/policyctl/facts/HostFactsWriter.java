package dev.policyctl.facts;

import dev.policyctl.facts.YamlText.Flow;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.HostFacts.Bcachefs;
import dev.policyctl.model.HostFacts.Btrfs;
import dev.policyctl.model.HostFacts.DirectWrites;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.model.HostFacts.Layer;
import dev.policyctl.model.HostFacts.Loop;
import dev.policyctl.model.HostFacts.Zfs;
import dev.policyctl.model.HostFacts.ZfsPool;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Writes facts as one YAML document that {@link HostFactsReader} reads back equal. */
public final class HostFactsWriter {
  private final StringBuilder out = new StringBuilder();

  private HostFactsWriter() {}

  public static void write(HostFacts facts, Appendable to) throws IOException {
    HostFactsWriter writer = new HostFactsWriter();
    writer.host(facts);
    to.append(writer.out);
  }

  private void host(HostFacts facts) {
    line(0, "apiVersion: " + HostFactsReader.API_VERSION);
    line(0, "kind: " + HostFactsReader.KIND);
    line(0, "metadata: " + new Flow().string("name", facts.name()).text());
    int beforeSpec = out.length();
    line(0, "spec:");
    int emptySpec = out.length();
    facts.collectedAt().ifPresent(at -> entry(1, "collectedAt", YamlText.scalar(at)));
    facts
        .kernelRelease()
        .ifPresent(it -> entry(1, "kernel", new Flow().string("release", it).text()));
    facts.zfsVersion().ifPresent(it -> entry(1, "zfs", new Flow().string("version", it).text()));
    blocks("filesystems", facts.filesystems(), this::filesystem);
    lines(1, "files", facts.files(), HostFactsWriter::file);
    lines(
        1,
        "volumeGroups",
        facts.volumeGroups(),
        group -> new Flow().string("name", group.name()).raw("below", below(group.below())));
    blocks("zfsPools", facts.zfsPools(), this::zfsPool);
    lines(
        1,
        "storageClasses",
        facts.storageClasses(),
        it -> new Flow().string("name", it.name()).string("path", it.path()));
    if (out.length() == emptySpec) {
      out.setLength(beforeSpec);
      line(0, "spec: {}");
    }
  }

  private void filesystem(Filesystem it) {
    item("mountPoint", it.mountPoint());
    it.source().ifPresent(source -> entry(3, "source", YamlText.scalar(source)));
    entry(3, "type", YamlText.scalar(it.type()));
    it.options().ifPresent(options -> entry(3, "options", YamlText.strings(options)));
    it.btrfs().ifPresent(btrfs -> entry(3, "btrfs", btrfs(btrfs)));
    it.zfs().ifPresent(zfs -> entry(3, "zfs", zfs(zfs).text()));
    it.bcachefs().ifPresent(bcachefs -> entry(3, "bcachefs", bcachefs(bcachefs)));
    below(it.below()).ifPresent(layers -> entry(3, "below", layers));
    it.directWrites().ifPresent(writes -> entry(3, "directWrites", directWrites(writes)));
  }

  private void zfsPool(ZfsPool it) {
    item("name", it.name());
    it.redundancy().ifPresent(known -> entry(3, "redundancy", YamlText.scalar(known)));
    below(it.below()).ifPresent(layers -> entry(3, "below", layers));
    lines(3, "datasets", it.datasets(), HostFactsWriter::zfs);
  }

  private static String btrfs(Btrfs it) {
    return new Flow()
        .string("uuid", it.uuid())
        .raw("dataProfiles", profiles(it.dataProfiles()))
        .raw("metadataProfiles", profiles(it.metadataProfiles()))
        .string("checksum", it.checksum())
        .raw("devices", number(it.devices()))
        .bool("degraded", it.degraded())
        .text();
  }

  private static Optional<String> profiles(List<String> names) {
    return names.isEmpty() ? Optional.empty() : Optional.of(YamlText.strings(names));
  }

  private static Flow zfs(Zfs it) {
    return new Flow()
        .string("dataset", it.dataset())
        .string("checksum", it.checksum())
        .string("direct", it.direct())
        .string("redundancy", it.redundancy())
        .raw("copies", number(it.copies()))
        .bool("verify", it.verify());
  }

  private static String bcachefs(Bcachefs it) {
    return new Flow()
        .string("dataChecksum", it.dataChecksum())
        .raw("dataReplicas", number(it.dataReplicas()))
        .text();
  }

  private static Flow file(HostFile it) {
    return new Flow()
        .string("path", it.path())
        .bool("noCow", it.noCow())
        .bool("compressed", it.compressed())
        .bool("directory", it.directory())
        .bool("opensDirect", it.opensDirect())
        .raw("inode", number(it.inode()))
        .raw("root", number(it.root()))
        .raw("loop", it.loop().map(HostFactsWriter::loop))
        .raw("directWrites", it.directWrites().map(HostFactsWriter::directWrites));
  }

  private static String loop(Loop it) {
    return new Flow()
        .string("device", it.device())
        .bool("directIo", Optional.of(it.directIo()))
        .text();
  }

  private static String directWrites(DirectWrites it) {
    return new Flow().string("value", it.value()).string("evidence", it.evidence()).text();
  }

  private static Optional<String> below(Optional<List<Layer>> layers) {
    return layers.map(
        known ->
            YamlText.list(
                known.stream()
                    .map(
                        it ->
                            new Flow()
                                .string("name", it.name())
                                .string("kind", it.kind())
                                .bool("journal", it.journal())
                                .text())
                    .toList()));
  }

  private static Optional<String> number(OptionalInt number) {
    return number.isPresent() ? Optional.of(Integer.toString(number.getAsInt())) : Optional.empty();
  }

  private static Optional<String> number(OptionalLong number) {
    return number.isPresent() ? Optional.of(Long.toString(number.getAsLong())) : Optional.empty();
  }

  private <T> void blocks(String key, List<T> items, java.util.function.Consumer<T> writer) {
    if (!items.isEmpty()) {
      line(1, key + ":");
      items.forEach(writer);
    }
  }

  private <T> void lines(int level, String key, List<T> items, Function<T, Flow> writer) {
    if (!items.isEmpty()) {
      line(level, key + ":");
      items.forEach(item -> line(level + 1, "- " + writer.apply(item).text()));
    }
  }

  private void item(String firstKey, String value) {
    line(2, "- " + firstKey + ": " + YamlText.scalar(value));
  }

  private void entry(int level, String key, String yaml) {
    line(level, key + ": " + yaml);
  }

  private void line(int level, String text) {
    out.append("  ".repeat(level)).append(text).append('\n');
  }
}
