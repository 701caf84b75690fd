package dev.policyctl.format.kubernetes;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.format.Positions;
import dev.policyctl.model.Change;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.source.Edit;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes changes into manifests. An empty list stands for what cannot be written. */
final class KubernetesEdits {
  private static final String DISK = "disk";
  private static final String NAME = "name";
  private static final String CACHE = "cache";
  private static final String IO = "io";
  private static final String KEY = ".key";
  private static final String OPTION = "mountOption.";
  private static final String ALL_OPTIONS = "mountOptions";

  private KubernetesEdits() {}

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

  /** Notes the mount options that ask for files without copy-on-write. */
  static void noteMountOptions(KubeObject storageClass, Positions.Builder positions) {
    Optional<KubeNode.Field> field = storageClass.root().field(ALL_OPTIONS);
    Optional<Span> list = field.flatMap(KubeNode.Field::valueAt);
    if (list.isEmpty()) {
      return;
    }
    int asking = 0;
    boolean all = true;
    Span last = list.get();
    for (KubeNode item : storageClass.root().get(ALL_OPTIONS).items()) {
      Span span = item.span().orElse(list.get());
      boolean own = list.get().start() <= span.start() && span.end() <= list.get().end();
      List<String> options = Origin.split(item.text());
      if (own && options.contains(DriverPlaces.NODATACOW)) {
        positions.syntax("", storageClass.name(), OPTION + asking++, span);
      }
      all &= own && options.stream().allMatch(DriverPlaces.NODATACOW::equals);
      last = span;
    }
    if (all && asking > 0) {
      Span whole = new Span(field.flatMap(KubeNode.Field::key).orElseThrow().start(), last.end());
      positions.syntax("", storageClass.name(), ALL_OPTIONS, whole);
    }
  }

  static List<Edit> of(ParsedFile file, Change change) {
    if (change.guest().isEmpty()) {
      return ofClass(file, change);
    }
    if (!change.section().equals(DeclaredVolume.CURRENT)) {
      return List.of();
    }
    List<Disk> disks = new ArrayList<>();
    for (ParsedGuest guest : file.guests()) {
      if (guest.guest().id().equals(change.guest())) {
        for (DeclaredVolume volume : guest.guest().volumes()) {
          Disk disk = new Disk(file.source(), volume, guest.positions());
          if (volume.key().equals(change.key()) && disk.isWritable()) {
            disks.add(disk);
          }
        }
      }
    }
    return disks.size() == 1 ? disks.get(0).edits(change.values()) : List.of();
  }

  /** A disk of a machine that stands in the file. */
  private record Disk(SourceText source, DeclaredVolume volume, Positions positions) {

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

  private static List<Edit> ofClass(ParsedFile file, Change change) {
    if (!change.values().equals(Map.of(Field.STORAGE_NOCOW_OPTION.path(), false))) {
      return List.of();
    }
    List<ParsedStorage> classes =
        file.storages().stream().filter(it -> it.storage().id().equals(change.key())).toList();
    return classes.size() == 1 ? withoutNodatacow(file.source(), classes.get(0)) : List.of();
  }

  private static List<Edit> withoutNodatacow(SourceText source, ParsedStorage storageClass) {
    String id = storageClass.storage().id();
    Positions positions = storageClass.positions();
    YamlEdits yaml = new YamlEdits(source.text());
    Optional<Span> all = positions.syntax("", id, ALL_OPTIONS);
    Optional<Span> first = positions.syntax("", id, OPTION + 0);
    if (first.isEmpty()) {
      return List.of();
    }
    boolean flow = yaml.isInFlow(first.get());
    if (all.isPresent() && !flow) {
      return yaml.remove(all.get(), false).map(List::of).orElse(List.of());
    }
    List<Optional<List<Edit>>> edits = new ArrayList<>();
    Optional<Span> item = first;
    for (int i = 1; item.isPresent(); i++) {
      edits.add(withoutNodatacow(yaml, item.get(), flow).map(List::of));
      item = positions.syntax("", id, OPTION + i);
    }
    return YamlEdits.all(edits);
  }

  private static Optional<Edit> withoutNodatacow(YamlEdits yaml, Span item, boolean flow) {
    List<String> others = Origin.split(yaml.unquoted(item));
    others.removeIf(DriverPlaces.NODATACOW::equals);
    return others.isEmpty()
        ? yaml.remove(item, flow)
        : yaml.replaceScalar(item, item, String.join(",", others));
  }
}
