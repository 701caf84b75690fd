package dev.policyctl.format.kubernetes;

import dev.policyctl.yaml.StrictMapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A setting that decides whether files are opened with O_DIRECT.
 *
 * @param name in lower case, with {@code _} for every {@code -}
 * @param generic it means something else in other software
 */
record Setting(
    String name, Set<String> direct, Set<String> buffered, Set<String> perhaps, boolean generic) {
  private static final String ANY_OTHER = "*";

  /** What a value says. */
  enum Io {
    DIRECT,
    BUFFERED,
    PERHAPS
  }

  static Setting read(StrictMapping line) {
    Setting setting =
        new Setting(
            normalized(line.requiredString("name")),
            values(line, "direct"),
            values(line, "buffered"),
            values(line, "perhaps"),
            line.bool("generic").orElse(false));
    line.finish();
    return setting;
  }

  private static Set<String> values(StrictMapping line, String key) {
    return line.strings(key).orElse(List.of()).stream()
        .map(value -> value.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  static String normalized(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Empty for a value that says nothing. */
  Optional<Io> of(String value) {
    String word = value.toLowerCase(Locale.ROOT);
    if (direct.contains(word)) {
      return Optional.of(Io.DIRECT);
    }
    if (buffered.contains(word)) {
      return Optional.of(Io.BUFFERED);
    }
    if (perhaps.contains(word)) {
      return Optional.of(Io.PERHAPS);
    }
    if (direct.contains(ANY_OTHER)) {
      return Optional.of(Io.DIRECT);
    }
    return perhaps.contains(ANY_OTHER) ? Optional.of(Io.PERHAPS) : Optional.empty();
  }
}
