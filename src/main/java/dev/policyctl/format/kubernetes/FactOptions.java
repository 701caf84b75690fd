package dev.policyctl.format.kubernetes;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Facts as options of a declared volume or storage, so that what the objects of a run say together
 * goes along with it: the value under a name of its own, its reasons or what is missing beside it.
 */
final class FactOptions {
  private static final String BECAUSE = " because";
  private static final String MISSING = " missing";

  private FactOptions() {}

  static void put(Map<String, String> options, String name, Fact<?> fact) {
    fact.ifKnown().ifPresent(value -> options.put(name, String.valueOf(value)));
    if (!fact.because().isEmpty()) {
      options.put(name + BECAUSE, String.join("\n", fact.because()));
    }
    fact.whatIsMissing()
        .ifPresent(
            missing ->
                options.put(
                    name + MISSING,
                    String.join("\n", missing.field(), missing.of(), missing.help())));
  }

  /** All options that a fact of this name may take. */
  static Set<String> names(String name) {
    return Set.of(name, name + BECAUSE, name + MISSING);
  }

  /** The fact that was put; a known empty text when none was. */
  static Fact<String> text(Map<String, String> options, String name) {
    String missing = options.get(name + MISSING);
    if (missing != null) {
      String[] parts = missing.split("\n", 3);
      return Fact.unknown(new Missing(parts[0], parts[1], parts[2]));
    }
    String because = options.getOrDefault(name + BECAUSE, "");
    return new Fact.Known<>(
        options.getOrDefault(name, ""),
        because.isEmpty() ? List.of() : List.of(because.split("\n", -1)));
  }

  static Fact<Boolean> flag(Map<String, String> options, String name) {
    return text(options, name).map("true"::equals);
  }
}
