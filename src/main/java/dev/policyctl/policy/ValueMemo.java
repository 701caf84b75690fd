package dev.policyctl.policy;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers what follows from the values of some fields; that a field is unknown counts as a value.
 * Thread-safe. Past {@value #MAX_ENTRIES} combinations nothing more is remembered: such fields
 * differ in every subject, as a path does.
 */
final class ValueMemo<R> {
  private static final int MAX_ENTRIES = 10_000;
  private static final Object UNKNOWN = new Object();

  private final Field<?>[] fields;
  private final Map<Key, R> known = new ConcurrentHashMap<>();

  ValueMemo(Collection<Field<?>> fields) {
    this.fields = fields.toArray(Field<?>[]::new);
  }

  R get(Values values, Function<Values, R> conclusion) {
    Key key = key(values);
    R remembered = known.get(key);
    if (remembered != null) {
      return remembered;
    }
    R concluded = conclusion.apply(values);
    if (known.size() < MAX_ENTRIES) {
      known.put(key, concluded);
    }
    return concluded;
  }

  private Key key(Values values) {
    Object[] parts = new Object[fields.length];
    for (int i = 0; i < parts.length; i++) {
      Fact<?> fact = values.get(fields[i]);
      parts[i] = fact instanceof Fact.Known<?> value ? value.value() : UNKNOWN;
    }
    return new Key(parts, Arrays.hashCode(parts));
  }

  private static final class Key {
    private final Object[] parts;
    private final int hash;

    Key(Object[] parts, int hash) {
      this.parts = parts;
      this.hash = hash;
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(parts, key.parts);
    }
  }
}
