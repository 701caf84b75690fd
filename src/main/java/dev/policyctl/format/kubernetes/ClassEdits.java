package dev.policyctl.format.kubernetes;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.format.Positions;
import dev.policyctl.model.Change;
import dev.policyctl.model.Field;
import dev.policyctl.source.Edit;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes {@code nodatacow} out of the mount options of a StorageClass. */
final class ClassEdits {
  private static final String OPTION = "mountOption.";
  private static final String ALL_OPTIONS = "mountOptions";

  private ClassEdits() {}

  /** Notes the mount options that ask for files without copy-on-write. */
  static void note(KubeObject storageClass, Positions.Builder positions) {
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
