package dev.policyctl.diagnose;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.model.HostFacts.Loop;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Values;
import dev.policyctl.source.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Guests and host facts for tests, written as lines of {@code key=value} words: {@code image
 * path=/mnt/a.raw guest=100 volume=scsi0 direct=true} and {@code file path=/mnt/a.raw root=5
 * inode=257}. A field's value {@code ?} is unknown.
 */
final class World {
  private static final Map<String, String> USUAL =
      Map.ofEntries(
          Map.entry("format", "proxmox-qemu"),
          Map.entry("section", "current"),
          Map.entry("volume", "scsi0"),
          Map.entry("attached", "true"),
          Map.entry("written", "true"),
          Map.entry("opener", "hypervisor"),
          Map.entry("direct", "true"),
          Map.entry("possible", "false"),
          Map.entry("filesystem", "btrfs"),
          Map.entry("checksums", "true"),
          Map.entry("redundant", "false"),
          Map.entry("writes", "inPlace"),
          Map.entry("always", "false"),
          Map.entry("kernel", "6.8.12-4-pve"));

  final List<KnownImage> images = new ArrayList<>();
  final List<HostFile> files = new ArrayList<>();

  static World of(String... lines) {
    World world = new World();
    for (String line : lines) {
      if (line.startsWith("image ")) {
        world.images.add(image(words(line)));
      } else if (line.startsWith("file ")) {
        world.files.add(file(words(line)));
      }
    }
    return world;
  }

  Diagnosis diagnose(String... texts) {
    List<SourceText> logs = new ArrayList<>();
    for (String text : texts) {
      logs.add(SourceText.of("host.log", text));
    }
    return diagnose(logs);
  }

  Diagnosis diagnose(List<SourceText> logs) {
    return new Diagnoser(World::isSafe).diagnose(logs, images, new FactsLookup(files, List.of()));
  }

  /** Enough of the rule for the releases in these tests. */
  private static boolean isSafe(String release) {
    String[] numbers = release.split("[.-]", 3);
    int major = Integer.parseInt(numbers[0]);
    return major > 6 || (major == 6 && Integer.parseInt(numbers[1]) >= 15);
  }

  private static Map<String, String> words(String line) {
    Map<String, String> words = new HashMap<>();
    for (String word : line.split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        words.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return words;
  }

  private static HostFile file(Map<String, String> words) {
    String dio = words.getOrDefault("dio", "");
    return new HostFile(
        words.getOrDefault("path", ""),
        Optional.empty(),
        Optional.empty(),
        Optional.of(words.containsKey("directory")),
        Optional.empty(),
        number(words, "inode"),
        number(words, "root"),
        dio.isEmpty() ? Optional.empty() : Optional.of(new Loop("loop3", dio.equals("true"))),
        Optional.empty());
  }

  private static OptionalLong number(Map<String, String> words, String name) {
    String text = words.getOrDefault(name, "");
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  private static KnownImage image(Map<String, String> given) {
    Map<String, String> words = new HashMap<>(USUAL);
    words.putAll(given);
    String guest = words.getOrDefault("guest", "100");
    String path = words.getOrDefault("path", "");
    return new KnownImage(
        path,
        words.getOrDefault("definition", "/etc/pve/qemu-server/" + guest + ".conf"),
        guest,
        words.getOrDefault("volume", ""),
        values(words, guest, path));
  }

  private static Values values(Map<String, String> words, String guest, String path) {
    Values.Builder values = Values.builder();
    for (Field<?> field : Field.all()) {
      usual(values, field, path);
    }
    values.set(Field.GUEST_ID, guest);
    values.set(Field.GUEST_FORMAT, words.get("format"));
    values.set(Field.VOLUME_KEY, words.get("volume"));
    values.set(Field.VOLUME_SECTION, words.get("section"));
    values.set(Field.VOLUME_ATTACHED, words.get("attached").equals("true"));
    values.set(Field.VOLUME_WRITTEN, words.get("written").equals("true"));
    values.set(Field.VOLUME_IO_POSSIBLE, words.get("possible").equals("true"));
    values.set(Field.VOLUME_IO_OPENER, text(words, "opener", Field.VOLUME_IO_OPENER, path));
    values.set(Field.STORAGE_FILESYSTEM, text(words, "filesystem", Field.STORAGE_FILESYSTEM, path));
    values.set(
        Field.STORAGE_DIRECT_WRITES, text(words, "writes", Field.STORAGE_DIRECT_WRITES, path));
    values.set(Field.HOST_KERNEL, text(words, "kernel", Field.HOST_KERNEL, path));
    values.set(Field.VOLUME_IO_DIRECT, flag(words, "direct", Field.VOLUME_IO_DIRECT, path));
    values.set(Field.STORAGE_CHECKSUMS, flag(words, "checksums", Field.STORAGE_CHECKSUMS, path));
    values.set(Field.STORAGE_REDUNDANT, flag(words, "redundant", Field.STORAGE_REDUNDANT, path));
    values.set(
        Field.STORAGE_ALWAYS_DIRECT, flag(words, "always", Field.STORAGE_ALWAYS_DIRECT, path));
    return values.build();
  }

  @SuppressWarnings("unchecked") // The type of a field is the type of its values.
  private static void usual(Values.Builder values, Field<?> field, String path) {
    if (field.canBeUnknown()) {
      unknown(values, field, path);
    } else {
      switch (field.type()) {
        case STRING -> values.set((Field<String>) field, "");
        case BOOLEAN -> values.set((Field<Boolean>) field, false);
        case LIST -> values.set((Field<List<String>>) field, List.of());
      }
    }
  }

  private static <T> void unknown(Values.Builder values, Field<T> field, String path) {
    values.set(field, Fact.unknown(missing(field, path)));
  }

  private static Fact<String> text(
      Map<String, String> words, String name, Field<?> field, String path) {
    String text = words.getOrDefault(name, "?");
    return text.equals("?") ? Fact.unknown(missing(field, path)) : Fact.known(text);
  }

  private static Fact<Boolean> flag(
      Map<String, String> words, String name, Field<?> field, String path) {
    return text(words, name, field, path).map("true"::equals);
  }

  private static Missing missing(Field<?> field, String path) {
    return new Missing(field.path(), path, "run `policyctl probe`");
  }
}
