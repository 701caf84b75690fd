package dev.policyctl.fix;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.model.Change;
import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.source.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a text declares before and after an edit. Only what a change names may differ; what else is
 * declared, and what is wrong with the text, must be the same.
 */
final class Comparison {
  /** An effective field is written as these; which options of the syntax, its format knows. */
  private static final Set<Field<?>> WRITTEN_AS_CACHE =
      Set.of(Field.VOLUME_CACHE, Field.VOLUME_IO_DIRECT);

  private static final Set<Field<?>> WRITTEN_AS_AIO =
      Set.of(Field.VOLUME_AIO, Field.VOLUME_CACHE, Field.VOLUME_IO_DIRECT);

  private final DefinitionFormat format;
  private final ParsedFile before;
  private final ParsedFile after;

  Comparison(DefinitionFormat format, ParsedFile before, ParsedFile after) {
    this.format = format;
    this.before = before;
    this.after = after;
  }

  /** What differs although no change names it, as a clause; empty when nothing does. */
  Optional<String> unexpected(Collection<Change> changes) {
    Map<Change.Place, Set<Field<?>>> changed = new HashMap<>();
    for (Change change : changes) {
      Set<Field<?>> fields = changed.computeIfAbsent(change.place(), place -> new HashSet<>());
      change.values().keySet().forEach(path -> Field.byPath(path).ifPresent(fields::add));
    }
    if (!words(before.problems()).equals(words(after.problems()))) {
      return Optional.of("the edited file would have other problems");
    }
    return guests(changed).or(() -> storages(changed));
  }

  // Places move with an edit; what is wrong must not.
  private static List<String> words(List<Problem> problems) {
    return problems.stream()
        .map(problem -> problem.severity() + problem.message() + problem.help())
        .toList();
  }

  private Optional<String> guests(Map<Change.Place, Set<Field<?>>> changed) {
    List<ParsedGuest> old = before.guests();
    if (old.size() != after.guests().size()) {
      return Optional.of("the edited file would define other guests");
    }
    for (int i = 0; i < old.size(); i++) {
      Optional<String> found = guest(old.get(i).guest(), after.guests().get(i).guest(), changed);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> guest(
      DeclaredGuest old, DeclaredGuest edited, Map<Change.Place, Set<Field<?>>> changed) {
    if (!withoutVolumes(old).equals(withoutVolumes(edited))
        || old.volumes().size() != edited.volumes().size()) {
      return Optional.of("it would change more of guest `" + old.id() + "`");
    }
    for (int i = 0; i < old.volumes().size(); i++) {
      DeclaredVolume volume = old.volumes().get(i);
      Change.Place place = new Change.Place(old.id(), volume.key(), volume.section());
      Set<Field<?>> fields = new HashSet<>(changed.getOrDefault(place, Set.of()));
      fields.addAll(ofStorages(changed));
      if (!volume.equals(asBefore(volume, edited.volumes().get(i), fields))) {
        return Optional.of("it would change more than that of `" + volume.key() + "`");
      }
    }
    return Optional.empty();
  }

  /** What changes of storages name: a volume that is joined with its storage follows. */
  private static Set<Field<?>> ofStorages(Map<Change.Place, Set<Field<?>>> changed) {
    Set<Field<?>> fields = new HashSet<>();
    changed.forEach(
        (place, named) -> {
          if (place.guest().isEmpty()) {
            fields.addAll(named);
          }
        });
    return fields;
  }

  private static DeclaredGuest withoutVolumes(DeclaredGuest guest) {
    return new DeclaredGuest(
        guest.format(),
        guest.id(),
        guest.name(),
        guest.host(),
        guest.bypasses(),
        List.of(),
        guest.options());
  }

  /** The edited volume, with the values of {@code old} wherever a change of the fields may show. */
  private DeclaredVolume asBefore(DeclaredVolume old, DeclaredVolume edited, Set<Field<?>> fields) {
    boolean cacheMayDiffer = fields.stream().anyMatch(WRITTEN_AS_CACHE::contains);
    boolean aioMayDiffer = fields.stream().anyMatch(WRITTEN_AS_AIO::contains);
    return new DeclaredVolume(
        edited.key(),
        edited.role(),
        edited.section(),
        edited.attached(),
        edited.readOnly(),
        edited.shared(),
        edited.transientWrites(),
        edited.backup(),
        cacheMayDiffer ? old.cache() : edited.cache(),
        aioMayDiffer ? old.aio() : edited.aio(),
        asBefore(old.options(), edited.options(), fields));
  }

  private Map<String, String> asBefore(
      Map<String, String> old, Map<String, String> edited, Set<Field<?>> fields) {
    Map<String, String> options = new HashMap<>(edited);
    for (Field<?> field : fields) {
      for (String option : format.optionsBehind(field)) {
        options.remove(option);
        Optional.ofNullable(old.get(option)).ifPresent(value -> options.put(option, value));
      }
    }
    return options;
  }

  private Optional<String> storages(Map<Change.Place, Set<Field<?>>> changed) {
    List<ParsedStorage> old = before.storages();
    if (old.size() != after.storages().size()) {
      return Optional.of("the edited file would define other storages");
    }
    for (int i = 0; i < old.size(); i++) {
      StorageDefinition storage = old.get(i).storage();
      StorageDefinition edited = after.storages().get(i).storage();
      Change.Place place = new Change.Place("", storage.id(), DeclaredVolume.CURRENT);
      Map<String, String> options =
          asBefore(storage.options(), edited.options(), changed.getOrDefault(place, Set.of()));
      StorageDefinition expected =
          new StorageDefinition(
              edited.format(), edited.id(), edited.type(), edited.hosts(), options);
      if (!storage.equals(expected)) {
        return Optional.of("it would change more than that of `" + storage.id() + "`");
      }
    }
    return Optional.empty();
  }
}
