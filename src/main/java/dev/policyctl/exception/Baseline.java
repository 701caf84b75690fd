package dev.policyctl.exception;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Findings that were there when a baseline was taken. */
public final class Baseline {
  public static final Baseline EMPTY = new Baseline(List.of());
  static final String FAIL = "fail";
  static final String UNKNOWN = "unknown";

  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::path)
          .thenComparing(Key::guest)
          .thenComparing(Key::subject)
          .thenComparing(Key::section)
          .thenComparing(Key::policy);

  private final Map<Key, String> verdicts = new HashMap<>();

  /**
   * What a finding is known by, whatever line it stands in.
   *
   * @param path of the definition, seen from the baseline's directory
   * @param guest empty for a storage definition
   * @param subject the volume's key or the storage's id; empty for a guest
   */
  public record Key(String path, String guest, String subject, String section, String policy) {}

  /**
   * @param verdict {@code fail} or {@code unknown}
   */
  public record Entry(Key key, String verdict) {}

  /** Of two entries of one key the failure counts. */
  public Baseline(Collection<Entry> entries) {
    for (Entry entry : entries) {
      verdicts.merge(entry.key(), entry.verdict(), (a, b) -> a.equals(FAIL) ? a : b);
    }
  }

  /** In the order of their keys. */
  public List<Entry> entries() {
    return verdicts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(ORDER))
        .map(entry -> new Entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  public Collection<Key> keys() {
    return verdicts.keySet();
  }

  /** Whether it accepts this: an unknown that turned out to be a failure is another thing. */
  boolean covers(Key key, String verdict) {
    String known = Optional.ofNullable(verdicts.get(key)).orElse("");
    return known.equals(FAIL) || known.equals(verdict);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Baseline baseline && verdicts.equals(baseline.verdicts);
  }

  @Override
  public int hashCode() {
    return verdicts.hashCode();
  }
}
