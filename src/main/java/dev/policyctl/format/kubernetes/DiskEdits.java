package dev.policyctl.format.kubernetes;

import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.source.Edit;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes changes of one disk of a machine that stands in the file. */
record DiskEdits(SourceText source, DeclaredVolume volume, Positions positions) {
  private static final String DISK = "disk";
  private static final String NAME = "name";
  private static final String CACHE = "cache";
  private static final String IO = "io";
  private static final String KEY = ".key";

  /** Notes the places in a disk that a change of its cache needs. */
  static void note(KubeNode disk, String key, Positions.Builder positions) {
    disk.span().ifPresent(span -> positions.syntax(DeclaredVolume.CURRENT, key, DISK, span));
    for (String name : List.of(NAME, CACHE, IO)) {
      Optional<KubeNode.Field> field = disk.field(name);
      field
          .flatMap(KubeNode.Field::key)
          .ifPresent(span -> positions.syntax(DeclaredVolume.CURRENT, key, name + KEY, span));
      field
          .flatMap(KubeNode.Field::valueAt)
          .ifPresent(span -> positions.syntax(DeclaredVolume.CURRENT, key, name, span));
    }
  }

  boolean isWritable() {
    return volume.section().equals(DeclaredVolume.CURRENT) && span(NAME + KEY).isPresent();
  }

  List<Edit> edits(Map<String, Object> values) {
    Map<String, Object> left = new HashMap<>(values);
    Optional<String> cache = cache(left);
    Object io = left.remove(Field.VOLUME_AIO.path());
    if (!left.isEmpty() || (cache.isEmpty() && io == null)) {
      return List.of();
    }
    if (cache.isPresent() && !MachineOpening.MODES.contains(cache.get())) {
      return List.of();
    }
    boolean buffered = cache.filter(mode -> !mode.equals(MachineOpening.NONE)).isPresent();
    if (buffered && volume.shared()) {
      return List.of();
    }
    String wantedIo =
        io == null ? (buffered && isNative() ? "threads" : volume.aio()) : String.valueOf(io);
    return YamlEdits.all(
        List.of(
            set(CACHE, cache.orElse(volume.cache()), volume.cache()),
            set(IO, wantedIo, volume.aio())));
  }

  String whyNone() {
    if (volume.shared()) {
      return "`" + volume.key() + "` is shareable: the page caches of two machines would not agree";
    }
    if (!volume.section().equals(DeclaredVolume.CURRENT)) {
      return "it was plugged in: repeat `virtctl addvolume` with `--cache`";
    }
    return span(NAME + KEY).isEmpty()
        ? "`" + volume.key() + "` has no entry of its own among `disks`: add one with `cache`"
        : "";
  }

  /** What asks for the cache mode, taken out of the values. */
  private Optional<String> cache(Map<String, Object> left) {
    Object written = left.remove(Field.VOLUME_CACHE.path());
    Object direct = left.remove(Field.VOLUME_IO_DIRECT.path());
    if (Boolean.FALSE.equals(direct) && written == null) {
      boolean decided = !volume.cache().isEmpty() && !volume.cache().equals(MachineOpening.NONE);
      return decided ? Optional.empty() : Optional.of("writeback");
    }
    if (direct != null) {
      left.put(Field.VOLUME_IO_DIRECT.path(), direct);
    }
    return Optional.ofNullable(written).map(String::valueOf);
  }

  /** QEMU refuses it without O_DIRECT, a preference's too. */
  private boolean isNative() {
    Fact<String> preferred = FactOptions.text(volume.options(), OptionName.PREFERRED_IO);
    return volume.aio().equals("native") || (volume.aio().isEmpty() && preferred.is("native"));
  }

  /** Empty when it cannot be written; no edits when nothing is to be changed. */
  private Optional<List<Edit>> set(String name, String wanted, String written) {
    if (wanted.equals(written)) {
      return Optional.of(List.of());
    }
    YamlEdits yaml = new YamlEdits(source.text());
    boolean flow = yaml.isFlow(span(DISK).orElseThrow());
    Optional<Span> key = span(name + KEY);
    if (key.isEmpty()) {
      return wanted.isEmpty()
          ? Optional.empty()
          : Optional.of(
              List.of(
                  yaml.addEntry(
                      span(NAME + KEY).orElseThrow(),
                      span(NAME).orElseThrow(),
                      flow,
                      name,
                      wanted)));
    }
    Span value = span(name).orElseThrow();
    Optional<Edit> edit =
        wanted.isEmpty()
            ? yaml.remove(new Span(key.get().start(), value.end()), flow)
            : yaml.replaceScalar(key.get(), value, wanted);
    return edit.map(List::of);
  }

  private Optional<Span> span(String what) {
    return positions.syntax(DeclaredVolume.CURRENT, volume.key(), what);
  }
}
