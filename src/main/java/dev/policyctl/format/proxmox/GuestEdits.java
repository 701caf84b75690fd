package dev.policyctl.format.proxmox;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.Positions;
import dev.policyctl.model.Change;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.model.Role;
import dev.policyctl.source.Edit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a change is written into a virtual machine's drive or shared directory. A container's volumes
 * have none of the options.
 */
final class GuestEdits {
  private static final String CACHE = "cache";
  private static final String AIO = "aio";
  private static final String DIRECT_IO = "direct-io";

  /** The modes that open with O_DIRECT (qemu-server 9.2.6, Drive.pm, drive_uses_cache_direct). */
  private static final Set<String> DIRECT_CACHES = Set.of("", "none", "off", "directsync");

  private final DeclaredVolume volume;
  private final Positions positions;

  /** Options and the values they shall have; an empty one takes the option away. */
  private final Map<String, String> wanted = new LinkedHashMap<>();

  private GuestEdits(DeclaredVolume volume, Positions positions) {
    this.volume = volume;
    this.positions = positions;
  }

  /** The options behind a field, as {@code DefinitionFormat.optionsBehind} has it. */
  static Set<String> optionsBehind(Field<?> field) {
    if (field.equals(Field.VOLUME_IO_DIRECT) || field.equals(Field.VOLUME_CACHE)) {
      return Set.of(CACHE, AIO);
    }
    if (field.equals(Field.VOLUME_AIO)) {
      return Set.of(AIO);
    }
    return field.equals(Field.VOLUME_IO_POSSIBLE) ? Set.of(DIRECT_IO) : Set.of();
  }

  static List<Edit> of(ParsedFile file, Change change) {
    Optional<ParsedGuest> guest = guest(file, change).filter(found -> lock(found).isEmpty());
    Optional<DeclaredVolume> volume = guest.flatMap(found -> volume(found, change));
    if (volume.isEmpty()) {
      return List.of();
    }
    GuestEdits edits = new GuestEdits(volume.get(), guest.get().positions());
    return edits.takes(change.values()) ? edits.write() : List.of();
  }

  /** Why there is no edit, as a clause; empty where nothing more can be said. */
  static String whyNone(ParsedFile file, Change change) {
    Optional<String> lock = guest(file, change).map(GuestEdits::lock).filter(it -> !it.isEmpty());
    return lock.map(reason -> "the guest is locked by `lock: " + reason + "`")
        .orElseGet(
            () ->
                change.values().keySet().stream()
                    .map(path -> optionsBehind(Field.byPath(path).orElseThrow()))
                    .flatMap(Set::stream)
                    .sorted()
                    .findFirst()
                    .map(it -> "`" + change.key() + "` has no option that would do it")
                    .orElse(""));
  }

  private static Optional<ParsedGuest> guest(ParsedFile file, Change change) {
    return file.guests().stream()
        .filter(parsed -> parsed.guest().id().equals(change.guest()))
        .findFirst();
  }

  /** Proxmox, or whoever set the lock, is about to write the file itself. */
  private static String lock(ParsedGuest parsed) {
    return parsed.guest().option("lock");
  }

  private static Optional<DeclaredVolume> volume(ParsedGuest parsed, Change change) {
    return parsed.guest().volumes().stream()
        .filter(volume -> volume.key().equals(change.key()))
        .filter(volume -> volume.section().equals(change.section()))
        .findFirst();
  }

  private boolean takes(Map<String, Object> values) {
    for (Map.Entry<String, Object> value : values.entrySet()) {
      if (!takes(value.getKey(), value.getValue())) {
        return false;
      }
    }
    // QEMU refuses native AIO without O_DIRECT; without the option Proxmox chooses what goes along.
    String cache = wanted.getOrDefault(CACHE, "");
    if (volume.aio().equals("native") && !DIRECT_CACHES.contains(cache)) {
      wanted.putIfAbsent(AIO, "");
    }
    wanted.entrySet().removeIf(option -> option.getValue().equals(volume.option(option.getKey())));
    return true;
  }

  private boolean takes(String field, Object value) {
    boolean isDrive =
        switch (volume.role()) {
          case DISK, CDROM, CLOUDINIT -> true;
          default -> false;
        };
    if (field.equals(Field.VOLUME_IO_POSSIBLE.path())) {
      return volume.role() == Role.FILESYSTEM && value.equals(false) && want(DIRECT_IO, "");
    }
    if (field.equals(Field.VOLUME_IO_DIRECT.path())) {
      return isDrive && value.equals(false) && want(CACHE, buffered(volume.cache()));
    }
    if (field.equals(Field.VOLUME_CACHE.path())) {
      return isDrive && want(CACHE, value.toString());
    }
    return field.equals(Field.VOLUME_AIO.path()) && isDrive && want(AIO, value.toString());
  }

  /** Two fields may not want different values for one option. */
  private boolean want(String option, String value) {
    String earlier = wanted.put(option, value);
    return earlier == null || earlier.equals(value);
  }

  /** The buffered mode with the same write cache for the guest (qemu-server 9.2.6, Drive.pm). */
  private static String buffered(String cache) {
    if (cache.equals("directsync")) {
      return "writethrough";
    }
    return DIRECT_CACHES.contains(cache) ? "writeback" : cache;
  }

  private List<Edit> write() {
    OptionEdits edits =
        new OptionEdits(positions.volume(volume.section(), volume.key()).orElseThrow());
    wanted.forEach(
        (option, value) ->
            edits.set(
                option,
                value,
                positions.syntax(volume.section(), volume.key(), "option:" + option)));
    return edits.edits();
  }
}
