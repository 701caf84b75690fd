package dev.policyctl.format.kubernetes;

import dev.policyctl.yaml.StrictMapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A program that may open its files with O_DIRECT.
 *
 * @param byDefault what it does without a setting; empty where that is not known
 * @param since the version from which on {@code byDefault} holds, of an image's tag; empty for all
 */
record Software(
    String name,
    Set<String> images,
    Set<String> programs,
    List<String> directories,
    List<String> directorySettings,
    Optional<Setting.Io> byDefault,
    String since,
    List<Setting> settings) {

  private static final class Table {
    static final List<Software> BUNDLED =
        BundledData.read(
            "software.yaml",
            root -> root.mappings("software").stream().map(Software::read).toList());
  }

  /** The program's own table, {@code software.yaml}; read once, when it is first asked for. */
  static List<Software> bundled() {
    return Table.BUNDLED;
  }

  private static Software read(StrictMapping entry) {
    Optional<StrictMapping> byDefault = entry.mapping("byDefault");
    Software software =
        new Software(
            entry.requiredString("name"),
            Set.copyOf(entry.strings("images").orElse(List.of())),
            Set.copyOf(entry.strings("programs").orElse(List.of())),
            entry.strings("directories").orElse(List.of()),
            entry.strings("directorySettings").orElse(List.of()).stream()
                .map(Setting::normalized)
                .toList(),
            byDefault
                .flatMap(it -> it.oneOf("io", List.of("direct", "buffered")))
                .map(io -> Setting.Io.valueOf(io.toUpperCase(Locale.ROOT))),
            byDefault.flatMap(it -> it.string("since")).orElse(""),
            entry.mappings("settings").stream().map(Setting::read).toList());
    byDefault.ifPresent(StrictMapping::finish);
    entry.finish();
    return software;
  }

  /** Whether the container's image or one of its commands is this program. */
  boolean runsIn(Container container) {
    return images.contains(container.imageName())
        || container.commands().stream().anyMatch(programs::contains);
  }

  /** Whether an image of this tag does what is done by default; a tag without a version does. */
  boolean holdsFor(String tag) {
    return since.isEmpty() || !isOlder(tag, since);
  }

  private static boolean isOlder(String tag, String version) {
    String[] left = tag.split("[^0-9]+", -1);
    String[] right = version.split("\\.", -1);
    if (left.length == 0 || left[0].isEmpty()) {
      return false;
    }
    for (int i = 0; i < right.length; i++) {
      long a = i < left.length && !left[i].isEmpty() ? number(left[i]) : 0;
      long b = number(right[i]);
      if (a != b) {
        return a < b;
      }
    }
    return false;
  }

  private static long number(String digits) {
    return digits.length() > 9 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
