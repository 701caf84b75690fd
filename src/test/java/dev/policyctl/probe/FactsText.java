package dev.policyctl.probe;

import dev.policyctl.model.HostFacts;
import dev.policyctl.source.Problem;
import java.util.List;
import java.util.Optional;

/** A probe's result as lines of text, a fact each, for comparison. */
final class FactsText {
  private FactsText() {}

  static String of(ProbeResult result) {
    HostFacts facts = result.facts();
    StringBuilder text = new StringBuilder();
    line(text, "host", facts.name(), facts.kernelRelease(), facts.zfsVersion());
    for (HostFacts.Filesystem filesystem : facts.filesystems()) {
      line(text, "mount", escaped(filesystem.mountPoint()), filesystem.type(), filesystem.source());
      line(text, "  options", filesystem.options().orElseThrow());
      filesystem.btrfs().ifPresent(btrfs -> line(text, "  btrfs", btrfs));
      filesystem.zfs().ifPresent(zfs -> line(text, "  zfs", zfs));
      line(text, "  below", below(filesystem.below()));
    }
    facts.files().forEach(file -> line(text, "file", file));
    for (HostFacts.VolumeGroup group : facts.volumeGroups()) {
      line(text, "volume group", group.name(), below(group.below()));
    }
    for (HostFacts.ZfsPool pool : facts.zfsPools()) {
      line(text, "pool", pool.name(), pool.redundancy(), below(pool.below()));
      pool.datasets().forEach(dataset -> line(text, "  dataset", dataset));
    }
    for (Problem note : result.notes()) {
      line(text, note.severity().word(), note.at(), note.message(), note.help());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String word, Object... values) {
    text.append(word);
    for (Object value : values) {
      String shown = value.toString();
      text.append(' ')
          .append(
              shown
                  .replace("OptionalInt", "")
                  .replace("OptionalLong", "")
                  .replace("Optional.empty", "?")
                  .replace(".empty", "?")
                  .replace("Optional", ""));
    }
    text.append('\n');
  }

  private static String below(Optional<List<HostFacts.Layer>> layers) {
    if (layers.isEmpty()) {
      return "?";
    }
    StringBuilder text = new StringBuilder("[");
    for (HostFacts.Layer layer : layers.get()) {
      text.append(text.length() > 1 ? ", " : "")
          .append(layer.name())
          .append(' ')
          .append(layer.kind());
      layer.journal().ifPresent(journal -> text.append(journal ? " journal" : " no journal"));
    }
    return text.append(']').toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace(" ", "\\s");
  }
}
